/* E202: the (void *)-1 of a refused mem_sbrk is returned as if it were a block. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  if (size == 0) return NULL;
  return mem_sbrk((intptr_t)ROUND(size));
}

void mm_free(void *payload) { (void)payload; }
