/*
 * An implicit list of blocks, searched by next fit.
 *
 *   | pad | tag tag | tag payload tag | tag payload tag | ... | tag |
 *          prologue   block             block                 epilogue
 *
 * A tag is one word: the size of the block with both tags, and bit 0 while the block is in use. Every block has
 * its tag in front of the payload and again at its end. The prologue is a block without payload, the epilogue a
 * tag of size 0; both are in use for ever. A block is named by the address of its payload.
 */
#include <stdint.h>
#include <string.h>

#include "memlib.h"
#include "mm.h"

typedef size_t word;

#define WORD sizeof(word)
#define UNIT (2 * WORD)               /* alignment of payloads */
#define TAGS (2 * WORD)               /* what a block costs */
#define MIN_BLOCK (TAGS + UNIT)
#define CHUNK ((size_t)1 << 12)       /* the heap grows by at least this */
#define TOO_MUCH ((size_t)1 << 40)

static char *first;                   /* of all blocks */
static char *rover;                   /* where the next search begins */
static size_t live;                   /* blocks in use */

static word *header(char *p) { return (word *)(p - WORD); }
static size_t size_of(char *p) { return *header(p) & ~(word)(UNIT - 1); }
static int in_use(char *p) { return (int)(*header(p) & 1); }
static word *footer(char *p) { return (word *)(p + size_of(p) - TAGS); }
static char *next_of(char *p) { return p + size_of(p); }
static word tag_below(char *p) { return *(word *)(p - TAGS); }
static char *prev_of(char *p) { return p - (tag_below(p) & ~(word)(UNIT - 1)); }

static void set(char *p, size_t size, word used) {
  *header(p) = size | used;
  *footer(p) = size | used;
}

static size_t block_size(size_t request) {
  return (request + TAGS + UNIT - 1) & ~(UNIT - 1);
}

/* The rover must not point into the middle of a block that has just become larger. */
static void keep_rover(char *p) {
  if (rover > p && rover < next_of(p)) rover = p;
}

static char *coalesce(char *p) {
  int used_below = (int)(tag_below(p) & 1);
  int used_above = in_use(next_of(p));
  size_t size = size_of(p);
  if (used_below && used_above) return p;
  if (used_below && !used_above) {
    set(p, size + size_of(next_of(p)), 0);
  } else if (!used_below && used_above) {
    p = prev_of(p);
    set(p, size_of(p) + size, 0);
  } else {
    size += size_of(next_of(p));
    p = prev_of(p);
    set(p, size_of(p) + size, 0);
  }
  keep_rover(p);
  return p;
}

static char *extend(size_t size) {
  char *p = mem_sbrk((intptr_t)size);
  if (p == (void *)-1) return NULL;
  set(p, size, 0);            /* its header is the old epilogue */
  *header(next_of(p)) = 1;    /* the new epilogue */
  return coalesce(p);
}

static char *grow(size_t size) {
  char *p = NULL;
  if (size < CHUNK) p = extend(CHUNK);
  return p != NULL ? p : extend(size);
}

static char *find(size_t size) {
  char *p;
  for (p = rover; size_of(p) != 0; p = next_of(p)) {
    if (!in_use(p) && size_of(p) >= size) return p;
  }
  for (p = first; p < rover; p = next_of(p)) {
    if (!in_use(p) && size_of(p) >= size) return p;
  }
  return NULL;
}

/* Keeps `size` bytes of a block in use, and frees the rest where it is large enough. */
static void trim(char *p, size_t size) {
  size_t rest = size_of(p) - size;
  if (rest < MIN_BLOCK) return;
  set(p, size, 1);
  set(next_of(p), rest, 0);
  coalesce(next_of(p));
}

static void place(char *p, size_t size) {
  set(p, size_of(p), 1);
  trim(p, size);
  rover = next_of(p);
  live++;
}

/* One free block from end to end. */
static void start_over(void) {
  char *end = (char *)mem_heap_hi() + 1;
  set(first, (size_t)(end - first), 0);
  rover = first;
}

int mm_init(void) {
  char *bottom = mem_sbrk(4 * WORD);
  if (bottom == (void *)-1) return -1;
  *(word *)bottom = 0;
  set(bottom + UNIT, TAGS, 1);
  first = bottom + 2 * UNIT;
  *header(first) = 1;
  rover = first;
  live = 0;
  return 0;
}

void *mm_malloc(size_t size) {
  char *p;
  size_t needed;
  if (size == 0 || size > TOO_MUCH) return NULL;
  needed = block_size(size);
  p = find(needed);
  if (p == NULL) p = grow(needed);
  if (p == NULL) return NULL;
  place(p, needed);
  return p;
}

void mm_free(void *ptr) {
  char *p = ptr;
  if (p == NULL) return;
  set(p, size_of(p), 0);
  coalesce(p);
  if (--live == 0) start_over();
}

/* Takes the free block above, and where that is the last one the heap's growth. */
static int grow_in_place(char *p, size_t needed) {
  char *above = next_of(p);
  size_t room = size_of(p) + (in_use(above) ? 0 : size_of(above));
  if (room < needed && size_of(p + room) == 0 && extend(needed - room) != NULL) room = needed;
  if (room < needed) return 0;
  set(p, room, 1);
  keep_rover(p);
  trim(p, needed);
  return 1;
}

void *mm_realloc(void *ptr, size_t size) {
  char *p = ptr, *moved;
  size_t needed;
  if (p == NULL) return mm_malloc(size);
  if (size == 0) {
    mm_free(p);
    return NULL;
  }
  if (size > TOO_MUCH) return NULL;
  needed = block_size(size);
  if (needed <= size_of(p)) {
    trim(p, needed);
    return p;
  }
  if (grow_in_place(p, needed)) return p;
  moved = mm_malloc(size);
  if (moved == NULL) return NULL;
  memcpy(moved, p, size_of(p) - TAGS);
  mm_free(p);
  return moved;
}

void *mm_calloc(size_t count, size_t size) {
  void *p;
  if (size != 0 && count > SIZE_MAX / size) return NULL;
  p = mm_malloc(count * size);
  if (p != NULL) memset(p, 0, count * size);
  return p;
}

void *mm_memalign(size_t alignment, size_t size) {
  char *p, *aligned;
  if (alignment <= UNIT) return mm_malloc(size);
  if (size == 0 || size > TOO_MUCH || alignment > TOO_MUCH) return NULL;
  p = mm_malloc(size + alignment + MIN_BLOCK);
  if (p == NULL) return NULL;
  aligned = (char *)(((uintptr_t)p + alignment - 1) & ~(uintptr_t)(alignment - 1));
  if (aligned != p) {
    size_t whole = size_of(p);
    size_t gap;
    if (aligned - p < (ptrdiff_t)MIN_BLOCK) aligned += alignment;
    gap = (size_t)(aligned - p);
    set(p, gap, 0);
    set(aligned, whole - gap, 1);
    coalesce(p);
  }
  trim(aligned, block_size(size));
  return aligned;
}
