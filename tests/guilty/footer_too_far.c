/* E107: mm_free writes the footer behind the end of the block: the header is counted twice. The live
   block there may never be looked at again. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

typedef struct block {
  size_t size;
  struct block *next; /* while it is free */
} block;

static block *free_list;

int mm_init(void) {
  free_list = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  size = ROUND(size);
  for (block **link = &free_list; *link != NULL; link = &(*link)->next) {
    block *hole = *link;
    if (hole->size < size) continue;
    *link = hole->next;
    return hole + 1;
  }
  block *fresh = mem_sbrk((intptr_t)(sizeof(block) + size));
  if (fresh == (void *)-1) return NULL;
  fresh->size = size;
  return fresh + 1;
}

void mm_free(void *payload) {
  if (payload == NULL) return;
  block *hole = (block *)payload - 1;
  size_t *footer = (size_t *)((char *)payload + hole->size + sizeof(block));
  if ((char *)footer < (char *)mem_heap_hi()) *footer = hole->size;
  hole->next = free_list;
  free_list = hole;
}
