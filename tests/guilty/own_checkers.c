/* E402: the number of free blocks is not corrected when one is reused, which nobody but its own heap checker notices.
   STYLE says in whose manner that is written; from 10 on, the number is right. */
#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

typedef struct block {
  size_t size;
  struct block *next; /* while it is free */
} block;

static block *free_list;
static int free_blocks;

int mm_init(void) {
  free_list = NULL;
  free_blocks = 0;
  return 0;
}

static int errors(void) {
  int seen = 0;
  for (block *hole = free_list; hole != NULL; hole = hole->next) ++seen;
  return abs(seen - free_blocks);
}

#if STYLE % 10 == 0
bool mm_checkheap(int line) {
  if (errors() == 0) return true;
  printf("line %d: %d free blocks are not on the list\n", line, errors());
  return false;
}
#elif STYLE % 10 == 1
int mm_check(void) { return errors(); }
#elif STYLE % 10 == 2
void mm_checkheap(int verbose) {
  if (verbose) printf("checking\n");
  assert(errors() == 0);
}
#elif STYLE % 10 == 3
short mm_check_heap(long line) { return errors() ? -1 : 1; }
#elif STYLE % 10 == 4
void mm_heapcheck(void) {
  if (errors()) exit(3);
}
#elif STYLE % 10 == 5
_Bool checkheap(int line) {
  for (volatile int broken = errors(); broken;) continue;
  return 1;
}
#elif STYLE % 10 == 6
int mm_checkheap(int verbose) { /* clears what it was only to look at */
  for (char *byte = mem_heap_lo(); errors() && byte <= (char *)mem_heap_hi(); ++byte) *byte = 0;
  return 0;
}
#elif STYLE % 10 == 7
static int mm_check(void) { return errors(); }
static int (*volatile unused)(void) = mm_check;
#elif STYLE % 10 == 8
int mm_check(const char *where) {
  if (errors()) printf("%s\n", where);
  return errors();
}
#else
void mm_checkheap(int line) {
  if (errors()) printf("line %d: %d free blocks are not on the list\n", line, errors());
}
#endif

void *mm_malloc(size_t size) {
  if (size == 0 || size > PTRDIFF_MAX / 2) return NULL;
  size = ROUND(size);
  for (block **link = &free_list; *link != NULL; link = &(*link)->next) {
    block *hole = *link;
    if (hole->size < size) continue;
    *link = hole->next;
    if (STYLE >= 10) --free_blocks;
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
  ++free_blocks;
}
