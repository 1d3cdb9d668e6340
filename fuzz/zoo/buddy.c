/*
 * Binary buddies: every block is a power of two large and lies at a multiple of its size, counted from the start
 * of the heap. A free block and its buddy, which differ in one bit of their offsets, become one again.
 *
 *   in use:  | order state | asked | payload ...    |
 *   free:    | order state |       | next | prev    |
 *
 * `asked` is what the client asked for, so that a resize knows how much there is to keep. The heap need not be a
 * power of two large: it grows by just the block that is missing, and by what has to lie below that block.
 *
 * An aligned payload lies somewhere within its block. The head in front of it is not that of a block then, and
 * says so by its state; its order is the distance to the block's own head.
 */
#include <stdint.h>
#include <string.h>

#include "memlib.h"
#include "mm.h"

typedef struct block {
  uint32_t order;  /* 2^order bytes, the head included */
  uint32_t state;
  size_t asked;
  struct block *next, *prev; /* of the free blocks of this order; a ring with its head in `lists` */
} block_t;

enum { FREE = 0x46524545, TAKEN = 0x54414b45, WITHIN = 0x57495448 };

#define HEAD ((size_t)16)
#define MIN_ORDER 5u
#define MAX_ORDER 40u
#define LARGEST (((size_t)1 << MAX_ORDER) - HEAD)

static block_t lists[MAX_ORDER + 1]; /* heads of the rings */
static char *base;
static size_t heap_size;             /* bytes from base on that are divided into blocks */

static size_t size_of_order(unsigned order) { return (size_t)1 << order; }
static void *payload(block_t *b) { return (char *)b + HEAD; }
static block_t *head_of(void *p) { return (block_t *)((char *)p - HEAD); }
static size_t offset_of(block_t *b) { return (size_t)((char *)b - base); }

static unsigned order_for(size_t request) {
  unsigned order = MIN_ORDER;
  while (size_of_order(order) < request + HEAD) order++;
  return order;
}

static void link_block(block_t *b, unsigned order) {
  block_t *head = &lists[order];
  b->order = order;
  b->state = FREE;
  b->next = head->next;
  b->prev = head;
  head->next->prev = b;
  head->next = b;
}

static void unlink_block(block_t *b) {
  b->prev->next = b->next;
  b->next->prev = b->prev;
}

/* The buddy, if it is whole and free; NULL otherwise. */
static block_t *free_buddy(block_t *b, unsigned order) {
  size_t offset = offset_of(b) ^ size_of_order(order);
  block_t *buddy = (block_t *)(base + offset);
  if (order == MAX_ORDER || offset + size_of_order(order) > heap_size) return NULL;
  if (buddy->state != FREE || buddy->order != order) return NULL;
  return buddy;
}

static void release(block_t *b, unsigned order) {
  block_t *buddy;
  while ((buddy = free_buddy(b, order)) != NULL) {
    unlink_block(buddy);
    if (buddy < b) b = buddy;
    order++;
  }
  link_block(b, order);
}

/* Cuts a block down to `order` and gives back the upper halves. */
static void halve(block_t *b, unsigned from, unsigned order) {
  while (from > order) {
    from--;
    release((block_t *)((char *)b + size_of_order(from)), from);
  }
  b->order = order;
}

/* A block of this order at the end of the heap. What lies between the old end and its start, so that it is
   aligned, becomes free blocks, each as large as its offset allows. */
static block_t *grow(unsigned order) {
  size_t size = size_of_order(order);
  size_t start = (heap_size + size - 1) & ~(size - 1);
  size_t hole = heap_size;
  if (mem_sbrk((intptr_t)(start + size - heap_size)) == (void *)-1) return NULL;
  while (hole < start) {
    unsigned fits = (unsigned)__builtin_ctzl(hole);
    heap_size = hole + size_of_order(fits);
    release((block_t *)(base + hole), fits);
    hole = heap_size;
  }
  heap_size = start + size;
  return (block_t *)(base + start);
}

static block_t *find(unsigned order) {
  unsigned from;
  block_t *b;
  for (from = order; from <= MAX_ORDER; from++) {
    if (lists[from].next == &lists[from]) continue;
    b = lists[from].next;
    unlink_block(b);
    b->state = TAKEN;
    halve(b, from, order);
    return b;
  }
  return NULL;
}

int mm_init(void) {
  unsigned i;
  base = mem_sbrk(0);
  heap_size = 0;
  for (i = 0; i <= MAX_ORDER; i++) {
    lists[i].next = &lists[i];
    lists[i].prev = &lists[i];
  }
  return 0;
}

void *mm_malloc(size_t size) {
  block_t *b;
  unsigned order;
  if (size == 0 || size > LARGEST) return NULL;
  order = order_for(size);
  b = find(order);
  if (b == NULL) b = grow(order);
  if (b == NULL) return NULL;
  b->order = order;
  b->state = TAKEN;
  b->asked = size;
  return payload(b);
}

void mm_free(void *p) {
  block_t *b;
  if (p == NULL) return;
  b = head_of(p);
  if (b->state == WITHIN) b = (block_t *)((char *)b - b->order);
  release(b, b->order);
}

/* Takes upper buddies as long as they are free and more is needed. */
static int grow_in_place(block_t *b, unsigned order) {
  block_t *buddy;
  unsigned now = b->order;
  while (now < order) {
    buddy = free_buddy(b, now);
    if (buddy == NULL || buddy < b) break;
    unlink_block(buddy);
    now++;
  }
  if (now == order) {
    b->order = order;
    return 1;
  }
  halve(b, now, b->order); /* not enough: they are given back */
  return 0;
}

static void *move(void *p, size_t size) {
  size_t kept = head_of(p)->asked;
  void *moved = mm_malloc(size);
  if (moved == NULL) return NULL;
  memcpy(moved, p, kept < size ? kept : size);
  mm_free(p);
  return moved;
}

void *mm_realloc(void *p, size_t size) {
  block_t *b;
  unsigned order;
  if (p == NULL) return mm_malloc(size);
  if (size == 0) {
    mm_free(p);
    return NULL;
  }
  if (size > LARGEST) return NULL;
  b = head_of(p);
  order = order_for(size);
  if (b->state == WITHIN) return move(p, size);
  if (order <= b->order) {
    halve(b, b->order, order);
    b->asked = size;
    return p;
  }
  if (grow_in_place(b, order)) {
    b->asked = size;
    return p;
  }
  return move(p, size);
}

void *mm_calloc(size_t count, size_t size) {
  void *p;
  if (count != 0 && size > SIZE_MAX / count) return NULL;
  p = mm_malloc(count * size);
  if (p != NULL) memset(p, 0, count * size);
  return p;
}

void *mm_memalign(size_t alignment, size_t size) {
  uintptr_t aligned;
  block_t *within;
  char *p;
  if (alignment <= HEAD) return mm_malloc(size);
  if (size == 0 || size > LARGEST || alignment > (size_t)1 << 31) return NULL;
  p = mm_malloc(size + alignment);
  if (p == NULL) return NULL;
  aligned = ((uintptr_t)p + alignment - 1) / alignment * alignment;
  if (aligned == (uintptr_t)p) return p;
  within = head_of((void *)aligned);
  within->order = (uint32_t)((char *)aligned - p);
  within->state = WITHIN;
  within->asked = size;
  return (void *)aligned;
}
