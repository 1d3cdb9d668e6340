/* E301: the search calls itself for the next block and has no end: the stack overflows. */
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

static volatile size_t depth; /* keeps the compiler from making a loop of it */

static block *find(block *hole, size_t size) {
  if (hole != NULL && hole->size >= size) return hole;
  depth++;
  block *found = find(hole == NULL ? free_list : hole->next, size);
  depth--;
  return found;
}

void *mm_malloc(size_t size) {
  size = ROUND(size);
  if (free_list != NULL) {
    block *hole = find(free_list, size);
    free_list = NULL;
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
  hole->next = free_list;
  free_list = hole;
}
