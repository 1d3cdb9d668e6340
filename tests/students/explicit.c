/*
 * Doubly linked free list kept in the order of addresses, with boundary tags.
 * mm_check is called by hand while debugging.
 */
#include <stdio.h>
#include <string.h>

#include "memlib.h"
#include "mm.h"

typedef struct header {
  size_t size; /* of the whole block; bit 0: allocated */
  size_t unused;
} header_t;

typedef struct freeblk {
  header_t h;
  struct freeblk *prev, *next;
} freeblk_t;

#define MIN_BLOCK sizeof(freeblk_t)
#define SIZE(b) ((b)->h.size & ~(size_t)1)
#define END(b) ((char *)(b) + SIZE(b))

static freeblk_t *first = NULL;

static int mm_check(void) {
  freeblk_t *b;
  for (b = first; b != NULL; b = b->next) {
    if (b->h.size & 1) return printf("allocated block in the free list\n"), 0;
    if (b->next != NULL && END(b) >= (char *)b->next) return printf("not coalesced, or not in order\n"), 0;
    if (b->next != NULL && b->next->prev != b) return printf("broken link\n"), 0;
  }
  return 1;
}

int mm_init(void) {
  first = NULL;
  return 0;
}

static void unlink_block(freeblk_t *b) {
  if (b->prev) b->prev->next = b->next;
  else first = b->next;
  if (b->next) b->next->prev = b->prev;
}

static void merge_next(freeblk_t *b) {
  freeblk_t *n = b->next;
  if (n == NULL || END(b) != (char *)n) return;
  b->h.size += n->h.size;
  b->next = n->next;
  if (b->next) b->next->prev = b;
}

static void insert(freeblk_t *b) {
  freeblk_t *before = NULL, *after = first;
  while (after != NULL && after < b) before = after, after = after->next;
  b->prev = before;
  b->next = after;
  if (before) before->next = b;
  else first = b;
  if (after) after->prev = b;
  merge_next(b);
  if (before) merge_next(before);
}

void *mm_malloc(size_t size) {
  size_t asize;
  freeblk_t *b;
  if (size == 0) return NULL;
  asize = (size + sizeof(header_t) + 15) & ~(size_t)15;
  if (asize < MIN_BLOCK) asize = MIN_BLOCK;
  for (b = first; b != NULL; b = b->next)
    if (b->h.size >= asize) break;
  if (b != NULL) {
    unlink_block(b);
    if (b->h.size - asize >= MIN_BLOCK) {
      freeblk_t *rest = (freeblk_t *)((char *)b + asize);
      rest->h.size = b->h.size - asize;
      b->h.size = asize;
      insert(rest);
    }
  } else {
    b = mem_sbrk((int)asize);
    if (b == (void *)-1) return NULL;
    b->h.size = asize;
  }
  b->h.size |= 1;
  return (char *)b + sizeof(header_t);
}

void mm_free(void *ptr) {
  freeblk_t *b;
  if (ptr == NULL) return;
  b = (freeblk_t *)((char *)ptr - sizeof(header_t));
  b->h.size &= ~(size_t)1;
  insert(b);
  /* mm_check(); */
}

void *mm_realloc(void *ptr, size_t size) {
  freeblk_t *b = (freeblk_t *)((char *)ptr - sizeof(header_t));
  void *moved;
  size_t have;
  if (ptr == NULL) return mm_malloc(size);
  if (size == 0) return mm_free(ptr), NULL;
  have = SIZE(b) - sizeof(header_t);
  if (size <= have) return ptr;
  if ((moved = mm_malloc(size)) == NULL) return NULL;
  memcpy(moved, ptr, have);
  mm_free(ptr);
  return moved;
}
