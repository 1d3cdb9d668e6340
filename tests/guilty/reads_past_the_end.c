/* E204: the list of blocks ends at the first size 0, which lies past the heap's end: there nobody has written anything. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

typedef struct block {
  size_t size;
  size_t used;
} block;

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  block *b = mem_heap_lo();
  while (b->size != 0 && (b->used || b->size < size)) b = (block *)((char *)(b + 1) + b->size);
  if (b->size == 0) {
    if (mem_sbrk((intptr_t)(ROUND(size) + sizeof(block))) == (void *)-1) return NULL;
    b->size = ROUND(size);
  }
  b->used = 1;
  return b + 1;
}

void mm_free(void *payload) {
  if (payload != NULL) ((block *)payload - 1)->used = 0;
}
