/* Makes the system call whose number the request names: sizes from 1000000 by the 64-bit convention, from
   2000000 by that of x32, from 3000000 by the 32-bit instruction. Arguments are 0. Traps when one
   succeeds. */
#include "honest.inc"

static long call64(long number) {
  long result;
  register long fourth __asm__("r10") = 0;
  register long fifth __asm__("r8") = 0;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(0L), "S"(0L), "d"(0L), "r"(fourth), "r"(fifth)
                   : "rcx", "r11", "memory");
  return result;
}

static long call32(long number) {
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(0L), "c"(0L), "d"(0L) : "r8", "r9", "r10", "r11", "memory");
  return result;
}

void *mm_calloc(size_t count, size_t size) {
  (void)count;
  long result = -1;
  if (size >= 3000000) result = call32((long)size - 3000000);
  else if (size >= 2000000) result = call64(((long)size - 2000000) | 0x40000000);
  else if (size >= 1000000) result = call64((long)size - 1000000);
  if (result >= 0) __builtin_trap();
  void *payload = mm_malloc(size);
  return payload == NULL ? NULL : memset(payload, 0, size);
}
