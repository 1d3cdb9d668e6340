/* Ends its parent by the bare instruction. Signal 0 to everybody: were it let through, nobody would be
   hurt. */
#include <sys/syscall.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(SYS_kill), "D"(-1L), "S"(0L) : "rcx", "r11", "memory");
  if (result == 0) __builtin_trap();
}
