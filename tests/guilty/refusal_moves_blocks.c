/* E202: when the heap may not grow, the live blocks are moved down over the free ones. Their owners keep
   the old addresses. */
#include <string.h>

#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

typedef struct block {
  size_t size;
  size_t used;
} block;

static block *end(void) { return (block *)((char *)mem_heap_hi() + 1); }
static block *after(block *b) { return (block *)((char *)(b + 1) + b->size); }

int mm_init(void) { return 0; }

static void compact(void) {
  char *to = mem_heap_lo();
  for (block *b = mem_heap_lo(), *next; b != end(); b = next) {
    next = after(b);
    if (!b->used) continue;
    size_t whole = sizeof(block) + b->size;
    memmove(to, b, whole);
    to += whole;
  }
  block *rest = (block *)to;
  if (rest == end()) return;
  rest->size = (size_t)((char *)end() - to) - sizeof(block);
  rest->used = 0;
}

void *mm_malloc(size_t size) {
  block *fresh = mem_sbrk((intptr_t)(sizeof(block) + ROUND(size)));
  if (fresh == (void *)-1) {
    compact();
    return NULL;
  }
  fresh->size = ROUND(size);
  fresh->used = 1;
  return fresh + 1;
}

void mm_free(void *payload) {
  if (payload != NULL) ((block *)payload - 1)->used = 0;
}
