/**
 * @file modern.c
 * @brief A 64-bit implicit list with structs and without macros.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memlib.h"
#include "mm.h"

#ifdef DRIVER
/* under the driver, the functions get names of their own */
#define malloc mm_malloc
#define free mm_free
#define realloc mm_realloc
#define calloc mm_calloc
#define memset mem_memset
#define memcpy mem_memcpy
#endif

#ifdef DEBUG
#define dbg_assert(expr) assert(expr)
#else
#define dbg_assert(expr) (sizeof((int)(expr)))
#endif

typedef uint64_t word_t;

static const size_t wsize = sizeof(word_t);
static const size_t dsize = 2 * sizeof(word_t);
static const size_t chunksize = (1 << 12);
static const word_t alloc_mask = 0x1;
static const word_t size_mask = ~(word_t)0xF;

typedef struct block {
  word_t header;
  char payload[];
} block_t;

static block_t *heap_start = NULL;

static size_t round_up(size_t size, size_t n) { return n * ((size + (n - 1)) / n); }
static word_t pack(size_t size, bool alloc) { return alloc ? (size | alloc_mask) : size; }
static size_t get_size(block_t *block) { return block->header & size_mask; }
static bool get_alloc(block_t *block) { return (bool)(block->header & alloc_mask); }
static word_t *header_to_footer(block_t *block) {
  return (word_t *)((char *)block + get_size(block) - wsize);
}
static block_t *find_next(block_t *block) { return (block_t *)((char *)block + get_size(block)); }
static block_t *payload_to_header(void *bp) { return (block_t *)((char *)bp - offsetof(block_t, payload)); }

static void write_block(block_t *block, size_t size, bool alloc) {
  dbg_assert(size > 0);
  block->header = pack(size, alloc);
  *header_to_footer(block) = pack(size, alloc);
}

static block_t *coalesce_block(block_t *block) {
  word_t below = *((word_t *)block - 1);
  block_t *next = find_next(block);
  size_t size = get_size(block);
  if (!get_alloc(next)) size += get_size(next);
  if (!(below & alloc_mask)) {
    block = (block_t *)((char *)block - (below & size_mask));
    size += below & size_mask;
  }
  write_block(block, size, false);
  return block;
}

static block_t *extend_heap(size_t size) {
  size = round_up(size, dsize);
  void *bp = mem_sbrk((intptr_t)size);
  if (bp == (void *)-1) return NULL;
  block_t *block = payload_to_header(bp);
  write_block(block, size, false);
  find_next(block)->header = pack(0, true);
  return coalesce_block(block);
}

bool mm_init(void) {
  word_t *start = (word_t *)(mem_sbrk((intptr_t)dsize));
  if (start == (void *)-1) return false;
  start[0] = pack(0, true);
  start[1] = pack(0, true);
  heap_start = (block_t *)&(start[1]);
  return extend_heap(chunksize) != NULL;
}

bool mm_checkheap(int line) {
  for (block_t *block = heap_start; get_size(block) > 0; block = find_next(block)) {
    if (block->header != *header_to_footer(block)) {
      fprintf(stderr, "line %d: header and footer of %p differ\n", line, (void *)block);
      return false;
    }
  }
  return true;
}

void *malloc(size_t size) {
  if (size == 0) return NULL;
  size_t asize = round_up(size + dsize, dsize);
  block_t *block;
  for (block = heap_start; get_size(block) > 0; block = find_next(block)) {
    if (!get_alloc(block) && asize <= get_size(block)) break;
  }
  if (get_size(block) == 0) {
    block = extend_heap(asize > chunksize ? asize : chunksize);
    if (block == NULL) return NULL;
  }
  size_t rest = get_size(block) - asize;
  if (rest >= 2 * dsize) {
    write_block(block, asize, true);
    write_block(find_next(block), rest, false);
  } else {
    write_block(block, get_size(block), true);
  }
  dbg_assert(mm_checkheap(__LINE__));
  return (void *)block->payload;
}

void free(void *bp) {
  if (bp == NULL) return;
  block_t *block = payload_to_header(bp);
  write_block(block, get_size(block), false);
  coalesce_block(block);
}

void *realloc(void *ptr, size_t size) {
  if (size == 0) {
    free(ptr);
    return NULL;
  }
  if (ptr == NULL) return malloc(size);
  void *newptr = malloc(size);
  if (newptr == NULL) return NULL;
  size_t copysize = get_size(payload_to_header(ptr)) - dsize;
  if (size < copysize) copysize = size;
  memcpy(newptr, ptr, copysize);
  free(ptr);
  return newptr;
}

void *calloc(size_t elements, size_t size) {
  size_t asize = elements * size;
  if (elements == 0) return NULL;
  if (asize / elements != size) return NULL;
  void *bp = malloc(asize);
  if (bp == NULL) return NULL;
  memset(bp, 0, asize);
  return bp;
}
