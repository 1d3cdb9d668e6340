/*
 * A doubly linked list of the free blocks, the youngest first, searched by first fit.
 *
 *   in use:  | head | payload ...            |
 *   free:    | head | next | prev | ... size |
 *
 * The head is the block's size (a multiple of 16) with two flags: bit 0 says that the block is in use, bit 1 that
 * the block below it is. So only free blocks need their size at the end as well. The heap begins with a word of
 * padding and ends with the head of a block of size 0, which is in use for ever.
 */
#include <stdint.h>
#include <string.h>

#include "memlib.h"
#include "mm.h"

typedef struct block {
  size_t head;
  struct block *next, *prev; /* only while it is free */
} block_t;

#define WORD sizeof(size_t)
#define UNIT ((size_t)16)
#define MIN_BLOCK ((size_t)32)
#define USED ((size_t)1)
#define BELOW_USED ((size_t)2)
#define FLAGS (UNIT - 1)
#define LARGEST (SIZE_MAX / 4)

static block_t *free_list;

static size_t size_of(const block_t *b) { return b->head & ~FLAGS; }
static block_t *above(block_t *b) { return (block_t *)((char *)b + size_of(b)); }
static block_t *below(block_t *b) { return (block_t *)((char *)b - *((size_t *)b - 1)); }
static void *payload(block_t *b) { return (char *)b + WORD; }
static block_t *block_of(void *p) { return (block_t *)((char *)p - WORD); }
static block_t *epilogue(void) { return (block_t *)((char *)mem_heap_hi() + 1 - WORD); }
static void set_end(block_t *b) { *((size_t *)above(b) - 1) = size_of(b); }

static size_t block_size(size_t request) {
  size_t size = (request + WORD + UNIT - 1) & ~(UNIT - 1);
  return size < MIN_BLOCK ? MIN_BLOCK : size;
}

static void push(block_t *b) {
  b->prev = NULL;
  b->next = free_list;
  if (free_list != NULL) free_list->prev = b;
  free_list = b;
}

static void unlink_block(block_t *b) {
  if (b->prev != NULL) b->prev->next = b->next;
  else free_list = b->next;
  if (b->next != NULL) b->next->prev = b->prev;
}

/* Makes a free block of `size` bytes at `b`, joined with its free neighbours, and puts it into the list. */
static block_t *release(block_t *b, size_t size, size_t below_used) {
  block_t *next = (block_t *)((char *)b + size);
  if (!(next->head & USED)) {
    unlink_block(next);
    size += size_of(next);
  }
  if (!below_used) {
    b = below(b);
    unlink_block(b);
    size += size_of(b);
    below_used = b->head & BELOW_USED;
  }
  b->head = size | below_used;
  set_end(b);
  above(b)->head &= ~BELOW_USED;
  push(b);
  return b;
}

/* Only what the last block lacks is asked for, where that is free. */
static block_t *extend(size_t size) {
  block_t *last = epilogue();
  size_t below_used = last->head & BELOW_USED;
  size_t have = below_used ? 0 : size_of(below(last));
  if (mem_sbrk((intptr_t)(size - have)) == (void *)-1) return NULL;
  epilogue()->head = USED;
  return release(last, size - have, below_used);
}

/* Marks a block as used; keeps `size` bytes and releases the rest where it is large enough. */
static void carve(block_t *b, size_t size) {
  size_t rest = size_of(b) - size;
  if (rest < MIN_BLOCK) {
    b->head |= USED;
    above(b)->head |= BELOW_USED;
    return;
  }
  b->head = size | (b->head & BELOW_USED) | USED;
  release(above(b), rest, BELOW_USED);
}

static block_t *find(size_t size) {
  block_t *b;
  for (b = free_list; b != NULL; b = b->next) {
    if (size_of(b) >= size) return b;
  }
  return NULL;
}

int mm_init(void) {
  size_t *bottom = mem_sbrk(2 * WORD);
  if (bottom == (void *)-1) return -1;
  bottom[1] = USED | BELOW_USED;
  free_list = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  block_t *b;
  size_t needed;
  if (size == 0 || size > LARGEST) return NULL;
  needed = block_size(size);
  b = find(needed);
  if (b == NULL) b = extend(needed);
  if (b == NULL) return NULL;
  unlink_block(b);
  carve(b, needed);
  return payload(b);
}

void mm_free(void *p) {
  block_t *b;
  if (p == NULL) return;
  b = block_of(p);
  release(b, size_of(b), b->head & BELOW_USED);
}

/* Into the free block above, or over the end of the heap. */
static int grow_up(block_t *b, size_t needed) {
  block_t *next = above(b);
  size_t room = size_of(b), more = needed - room;
  if (!(next->head & USED)) room += size_of(next);
  if (room < needed && (char *)b + room == (char *)epilogue()) {
    if (extend(more < MIN_BLOCK ? MIN_BLOCK : more) == NULL) return 0;
    next = above(b);
    room = size_of(b) + size_of(next);
  }
  if (room < needed) return 0;
  unlink_block(next);
  b->head += size_of(next);
  carve(b, needed);
  return 1;
}

/* Into the free block below, together with that above where it is free. The bytes move down. */
static block_t *grow_down(block_t *b, size_t needed) {
  block_t *next = above(b), *low;
  size_t room = size_of(b), kept = size_of(b) - WORD;
  if (b->head & BELOW_USED) return NULL;
  low = below(b);
  room += size_of(low);
  if (!(next->head & USED)) room += size_of(next);
  if (room < needed) return NULL;
  unlink_block(low);
  if (!(next->head & USED)) unlink_block(next);
  low->head = room | (low->head & BELOW_USED);
  memmove(payload(low), payload(b), kept);
  carve(low, needed);
  return low;
}

void *mm_realloc(void *p, size_t size) {
  block_t *b, *low;
  size_t needed;
  void *moved;
  if (p == NULL) return mm_malloc(size);
  if (size == 0) {
    mm_free(p);
    return NULL;
  }
  if (size > LARGEST) return NULL;
  b = block_of(p);
  needed = block_size(size);
  if (needed <= size_of(b)) {
    carve(b, needed);
    return p;
  }
  if (grow_up(b, needed)) return p;
  low = grow_down(b, needed);
  if (low != NULL) return payload(low);
  moved = mm_malloc(size);
  if (moved == NULL) return NULL;
  memcpy(moved, p, size_of(b) - WORD);
  mm_free(p);
  return moved;
}

void *mm_calloc(size_t count, size_t size) {
  size_t bytes = count * size;
  void *p;
  if (count != 0 && bytes / count != size) return NULL;
  p = mm_malloc(bytes);
  if (p != NULL) memset(p, 0, bytes);
  return p;
}

/* A block with room to spare; what lies below the aligned payload is released again. */
void *mm_memalign(size_t alignment, size_t size) {
  block_t *b, *high;
  size_t whole, gap;
  void *p;
  if (alignment <= UNIT) return mm_malloc(size);
  if (size == 0 || size > LARGEST || alignment > LARGEST / 2) return NULL;
  p = mm_malloc(size + alignment + MIN_BLOCK);
  if (p == NULL) return NULL;
  b = block_of(p);
  gap = -(uintptr_t)p & (alignment - 1);
  if (gap != 0) {
    if (gap < MIN_BLOCK) gap += alignment;
    whole = size_of(b);
    high = (block_t *)((char *)b + gap);
    high->head = (whole - gap) | USED;
    release(b, gap, b->head & BELOW_USED);
    b = high;
  }
  carve(b, block_size(size));
  return payload(b);
}
