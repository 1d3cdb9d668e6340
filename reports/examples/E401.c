/* #3 mm_free(block 0) left block 1 marked as free although it is live */
#include "memlib.h"
#include "mm.h"

#define ALLOCATED 1

typedef struct block {
  size_t header; /* the size of the whole block, and whether it is allocated */
  char payload[];
} block;

int mm_init(void) { return mem_sbrk(8) == (void *)-1 ? -1 : 0; }

void *mm_malloc(size_t size) {
  size = (size + sizeof(block) + 15) / 16 * 16;
  block *fresh = mem_sbrk((intptr_t)size);
  if (fresh == (void *)-1) return NULL;
  fresh->header = size | ALLOCATED;
  return fresh->payload;
}

void mm_free(void *payload) {
  if (payload == NULL) return;
  block *freed = (block *)((char *)payload - sizeof(block));
  freed += freed->header / sizeof(block); /* one block too far */
  freed->header &= ~(size_t)ALLOCATED;
}
