/* E107: the flag "the block before is in use" is kept one byte too low: in the last byte of that block,
   which is padding unless the payload fills the block to the end. */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return mem_sbrk(8) == (void *)-1 ? -1 : 0; }

/* | header 8 | payload, and padding to 8 below a multiple of 16 | */
void *mm_malloc(size_t size) {
  size_t whole = (size + 8 + 15) & ~(size_t)15;
  char *header = mem_sbrk((intptr_t)whole);
  if (header == (void *)-1) return NULL;
  *(size_t *)header = whole;
  if (header - 8 != mem_heap_lo()) header[-1] ^= 1;
  return header + 8;
}

void mm_free(void *payload) { (void)payload; }
