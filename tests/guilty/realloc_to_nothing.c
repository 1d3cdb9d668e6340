/* E108: mm_realloc(p, 0) frees the block, and then goes on to look for the header of NULL. */
#include <string.h>

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
  hole->next = free_list;
  free_list = hole;
}

void *mm_realloc(void *payload, size_t size) {
  if (payload == NULL) return mm_malloc(size);
  if (size == 0) {
    mm_free(payload);
    payload = NULL;
  }
  size_t old_size = ((block *)payload - 1)->size;
  void *moved = mm_malloc(size);
  if (moved == NULL) return NULL;
  memcpy(moved, payload, old_size < size ? old_size : size);
  mm_free(payload);
  return moved;
}
