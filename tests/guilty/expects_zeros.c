/* E204: nobody writes the size 0 that ends the list of blocks; fresh memory happens to hold it. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

typedef struct block {
  size_t size; /* 0: here the heap ends */
  size_t used;
} block;

int mm_init(void) { return mem_sbrk(4096) == (void *)-1 ? -1 : 0; }

void *mm_malloc(size_t size) {
  block *b = mem_heap_lo();
  while (b->size != 0 && (b->used || b->size < size)) b = (block *)((char *)(b + 1) + b->size);
  if (b->size == 0) {
    if ((char *)(b + 1) + ROUND(size) + sizeof(block) > (char *)mem_heap_hi() &&
        mem_sbrk((intptr_t)(ROUND(size) + 4096)) == (void *)-1) {
      return NULL;
    }
    b->size = ROUND(size);
  }
  b->used = 1;
  return b + 1;
}

void mm_free(void *payload) {
  if (payload != NULL) ((block *)payload - 1)->used = 0;
}
