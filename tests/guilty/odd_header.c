/* E101: the header of 8 bytes pushes every payload off the 16-byte grid. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  size_t *header = mem_sbrk((intptr_t)(ROUND(size) + sizeof(size_t)));
  if (header == (void *)-1) return NULL;
  *header = size;
  return header + 1;
}

void mm_free(void *payload) { (void)payload; }
