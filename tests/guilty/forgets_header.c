/* E102: the heap grows by the payload alone, so the block ends 16 bytes past the heap. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  size_t *header = mem_sbrk((intptr_t)ROUND(size));
  if (header == (void *)-1) return NULL;
  *header = size;
  return header + 2;
}

void mm_free(void *payload) { (void)payload; }
