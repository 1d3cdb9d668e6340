/*
 * Free blocks in bins by size, and quick lists of small blocks that have just been freed.
 *
 *   | size below payload ... | size below payload ... | ... | 0 below |
 *
 * In front of every payload stand the size of the block (a multiple of 16; bit 0 while it is in use) and the size
 * of the block below it, 0 for the first. The heap ends with such a pair of size 0, in use for ever.
 *
 * A small block that is freed goes to the quick list of its size and still counts as used; the next request of that
 * size takes it back as it is. The lists are released into the bins when nothing else fits, when one of them gets
 * long, and now and then by half. Blocks below 1 KiB have a bin for each size; each larger bin has those up to the
 * next power of two, and the smallest that fits is taken.
 */
#include <stdint.h>
#include <string.h>

#include "memlib.h"
#include "mm.h"

typedef struct block {
  size_t size;
  size_t below;
  struct block *next, *prev; /* in a list; a quick list has no prev */
} block_t;

#define UNIT ((size_t)16)
#define HEAD ((size_t)16)      /* what a block costs */
#define MIN_BLOCK ((size_t)32)
#define USED ((size_t)1)
#define QUICK_MAX ((size_t)128) /* the largest block in a quick list */
#define QUICK_BINS (QUICK_MAX / UNIT + 1)
#define QUICK_LENGTH 64
#define AGE 1500               /* frees between two halvings of the quick lists */
#define SMALL_BINS 64          /* bin i holds blocks of 16 i bytes */
#define BINS 128
#define CHUNK ((size_t)4096)
#define LARGEST ((size_t)1 << 46)

static block_t *bins[BINS];
static uint64_t filled[BINS / 64];       /* a bit for each bin that is not empty */
static block_t *quick[QUICK_BINS];
static unsigned quick_count[QUICK_BINS];
static unsigned frees;

static size_t size_of(const block_t *b) { return b->size & ~USED; }
static int in_use(const block_t *b) { return (int)(b->size & USED); }
static block_t *above(block_t *b) { return (block_t *)((char *)b + size_of(b)); }
static block_t *below(block_t *b) { return (block_t *)((char *)b - b->below); }
static void *payload(block_t *b) { return (char *)b + HEAD; }
static block_t *block_of(void *p) { return (block_t *)((char *)p - HEAD); }
static block_t *end_of_heap(void) { return (block_t *)((char *)mem_heap_hi() + 1 - HEAD); }

static void set(block_t *b, size_t size, size_t used) {
  b->size = size | used;
  above(b)->below = size;
}

static size_t block_size(size_t request) {
  return (request + HEAD + UNIT - 1) & ~(UNIT - 1);
}

static unsigned bin_of(size_t size) {
  if (size < UNIT * SMALL_BINS) return (unsigned)(size / UNIT);
  return SMALL_BINS + 53 - (unsigned)__builtin_clzl(size);
}

/* The first bin from `bin` on that is not empty; BINS if there is none. */
static unsigned filled_from(unsigned bin) {
  unsigned i;
  uint64_t bits;
  if (bin >= BINS) return BINS;
  i = bin / 64;
  bits = filled[i] & (~(uint64_t)0 << (bin % 64));
  if (bits == 0 && i == 0) bits = filled[i = 1];
  return bits == 0 ? BINS : i * 64 + (unsigned)__builtin_ctzl(bits);
}

static void insert(block_t *b) {
  unsigned bin = bin_of(size_of(b));
  b->prev = NULL;
  b->next = bins[bin];
  if (b->next != NULL) b->next->prev = b;
  bins[bin] = b;
  filled[bin / 64] |= (uint64_t)1 << (bin % 64);
}

static void take_out(block_t *b) {
  unsigned bin = bin_of(size_of(b));
  if (b->next != NULL) b->next->prev = b->prev;
  if (b->prev != NULL) {
    b->prev->next = b->next;
    return;
  }
  bins[bin] = b->next;
  if (bins[bin] == NULL) filled[bin / 64] &= ~((uint64_t)1 << (bin % 64));
}

/* Frees a block for good: joined with its free neighbours, into a bin. */
static void release(block_t *b) {
  size_t size = size_of(b);
  if (!in_use(above(b))) {
    take_out(above(b));
    size += size_of(above(b));
  }
  if (b->below != 0 && !in_use(below(b))) {
    b = below(b);
    take_out(b);
    size += size_of(b);
  }
  set(b, size, 0);
  insert(b);
}

static void flush(size_t i) {
  block_t *b;
  while ((b = quick[i]) != NULL) {
    quick[i] = b->next;
    release(b);
  }
  quick_count[i] = 0;
}

/* Releases the older half of every quick list. */
static void halve(void) {
  block_t **tail, *b, *next;
  unsigned keep;
  size_t i;
  for (i = 0; i < QUICK_BINS; i++) {
    tail = &quick[i];
    for (keep = quick_count[i] / 2; keep > 0; keep--) tail = &(*tail)->next;
    b = *tail;
    *tail = NULL;
    for (; b != NULL; b = next) {
      next = b->next;
      release(b);
    }
    quick_count[i] /= 2;
  }
}

static block_t *find(size_t size) {
  unsigned bin = bin_of(size);
  block_t *b, *best = NULL;
  if (bin >= SMALL_BINS) {
    for (b = bins[bin]; b != NULL; b = b->next) {
      if (size_of(b) >= size && (best == NULL || size_of(b) < size_of(best))) best = b;
    }
    if (best != NULL) return best;
    bin++;
  }
  bin = filled_from(bin);
  return bin == BINS ? NULL : bins[bin];
}

/* A free block of `size` bytes at the heap's end, joined with the one below. NULL when the heap may not grow. */
static block_t *grow(size_t size) {
  block_t *b = end_of_heap();
  if (mem_sbrk((intptr_t)size) == (void *)-1) return NULL;
  b->size = size;
  end_of_heap()->size = USED;
  end_of_heap()->below = size;
  if (b->below != 0 && !in_use(below(b))) {
    b = below(b);
    take_out(b);
    set(b, size_of(b) + size, 0);
  }
  insert(b);
  return b;
}

/* Keeps `size` bytes of a block in use; the rest is released where it is large enough. */
static void trim(block_t *b, size_t size) {
  size_t rest = size_of(b) - size;
  if (rest < MIN_BLOCK) return;
  set(b, size, USED);
  set(above(b), rest, USED);
  release(above(b));
}

static block_t *take(size_t size) {
  block_t *b = find(size);
  size_t i;
  if (b == NULL) {
    for (i = 0; i < QUICK_BINS; i++) flush(i);
    b = find(size);
  }
  if (b == NULL && size < CHUNK) b = grow(CHUNK);
  if (b == NULL) b = grow(size);
  if (b == NULL) return NULL;
  take_out(b);
  set(b, size_of(b), USED);
  trim(b, size);
  return b;
}

int mm_init(void) {
  block_t *end = mem_sbrk((intptr_t)HEAD);
  if (end == (void *)-1) return -1;
  end->size = USED;
  end->below = 0;
  memset(bins, 0, sizeof(bins));
  memset(filled, 0, sizeof(filled));
  memset(quick, 0, sizeof(quick));
  memset(quick_count, 0, sizeof(quick_count));
  frees = 0;
  return 0;
}

void *mm_malloc(size_t size) {
  block_t *b;
  size_t needed;
  if (size == 0 || size > LARGEST) return NULL;
  needed = block_size(size);
  if (needed <= QUICK_MAX && quick[needed / UNIT] != NULL) {
    b = quick[needed / UNIT];
    quick[needed / UNIT] = b->next;
    quick_count[needed / UNIT]--;
    return payload(b);
  }
  b = take(needed);
  return b == NULL ? NULL : payload(b);
}

void mm_free(void *p) {
  block_t *b;
  size_t i;
  if (p == NULL) return;
  b = block_of(p);
  i = size_of(b) / UNIT;
  if (size_of(b) <= QUICK_MAX) {
    b->next = quick[i];
    quick[i] = b;
    if (++quick_count[i] > QUICK_LENGTH) flush(i);
  } else {
    release(b);
  }
  if (++frees % AGE == 0) halve();
}

/* Into the free block above, or over the end of the heap. */
static int grow_in_place(block_t *b, size_t needed) {
  block_t *next = above(b);
  size_t room = size_of(b) + (in_use(next) ? 0 : size_of(next));
  if (room < needed) {
    if ((char *)b + room != (char *)end_of_heap()) return 0;
    if (grow(needed - room < MIN_BLOCK ? MIN_BLOCK : needed - room) == NULL) return 0;
  }
  next = above(b);
  take_out(next);
  set(b, size_of(b) + size_of(next), USED);
  trim(b, needed);
  return 1;
}

void *mm_realloc(void *p, size_t size) {
  block_t *b;
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
    trim(b, needed);
    return p;
  }
  if (grow_in_place(b, needed)) return p;
  moved = mm_malloc(size);
  if (moved == NULL) return NULL;
  memcpy(moved, p, size_of(b) - HEAD);
  mm_free(p);
  return moved;
}

void *mm_calloc(size_t count, size_t size) {
  size_t bytes;
  void *p;
  if (__builtin_mul_overflow(count, size, &bytes)) return NULL;
  p = mm_malloc(bytes);
  if (p != NULL) memset(p, 0, bytes);
  return p;
}

/* A block with room to spare, cut in two at the right place; the lower part is released. */
void *mm_memalign(size_t alignment, size_t size) {
  block_t *b, *high;
  size_t whole, gap;
  void *p;
  if (alignment <= UNIT) return mm_malloc(size);
  if (size == 0 || size > LARGEST || alignment > LARGEST) return NULL;
  p = mm_malloc(size + alignment + MIN_BLOCK);
  if (p == NULL) return NULL;
  b = block_of(p);
  whole = size_of(b);
  gap = (alignment - (uintptr_t)p % alignment) % alignment;
  if (gap != 0) {
    if (gap < MIN_BLOCK) gap += alignment;
    high = (block_t *)((char *)b + gap);
    set(high, whole - gap, USED);
    set(b, gap, USED);
    release(b);
    b = high;
  }
  trim(b, block_size(size));
  return payload(b);
}
