/* A first fit over one list of all blocks that keeps its promises, and breaks one of them when CRIME names it. */
#include "mm.h"

#include <stdint.h>
#include <string.h>

#include "memlib.h"

#define NONE 0
#define ENCLOSES 1      /* hands out the rest of a block that it split wrongly */
#define LOSES_DATA 2    /* realloc copies too little */
#define MISALIGNED 3
#define NOT_ZERO 4      /* calloc */
#define GIVES_UP 5      /* NULL once there are three blocks */
#define OVERRUNS 6      /* writes behind a payload */
#define IGNORES_REFUSAL 7
#define WRAPS 8         /* calloc multiplies without a look */
#ifndef CRIME
#define CRIME NONE
#endif

typedef struct block {
  size_t size; /* of the payload */
  int used;
  struct block *next;
} Block;

#define HEAD ((sizeof(Block) + 15) / 16 * 16)

static Block *first, *last;
static int blocks;

int mm_init(void) {
  first = last = NULL;
  blocks = 0;
  return 0;
}

static void split(Block *block, size_t size) {
  if (block->size < size + HEAD + 16) return;
  Block *rest = (Block *)((char *)block + HEAD + size);
  rest->size = block->size - size - HEAD + (CRIME == ENCLOSES ? 64 : 0);
  rest->used = 0;
  rest->next = block->next;
  block->next = rest;
  block->size = size;
  if (last == block) last = rest;
}

void *mm_malloc(size_t size) {
  if (size == 0 || size > (size_t)1 << 30) return NULL;
  size = (size + 15) / 16 * 16;
  for (Block *block = first; block != NULL; block = block->next) {
    if (block->used || block->size < size) continue;
    split(block, size);
    block->used = 1;
    return (char *)block + HEAD;
  }
  if (CRIME == GIVES_UP && blocks == 3) return NULL;
  Block *block = mem_sbrk((int)(HEAD + size));
  if (block == (void *)-1) {
    if (CRIME == IGNORES_REFUSAL) return (char *)first + HEAD;
    return NULL;
  }
  ++blocks;
  *block = (Block){size, 1, NULL};
  if (last != NULL) last->next = block;
  else first = block;
  last = block;
  if (CRIME == OVERRUNS && blocks == 2) ((char *)first)[HEAD + 3] ^= 1;
  return (char *)block + HEAD + (CRIME == MISALIGNED && blocks == 2 ? 8 : 0);
}

void mm_free(void *ptr) {
  if (ptr != NULL) ((Block *)((char *)ptr - HEAD))->used = 0;
}

void *mm_realloc(void *ptr, size_t size) {
  if (ptr == NULL) return mm_malloc(size);
  if (size == 0) {
    mm_free(ptr);
    return NULL;
  }
  Block *block = (Block *)((char *)ptr - HEAD);
  void *fresh = mm_malloc(size);
  if (fresh == NULL) return NULL;
  size_t kept = block->size < size ? block->size : size;
  memcpy(fresh, ptr, CRIME == LOSES_DATA ? kept / 2 : kept);
  mm_free(ptr);
  return fresh;
}

void *mm_calloc(size_t count, size_t size) {
  if (CRIME != WRAPS && count != 0 && size > SIZE_MAX / count) return NULL;
  void *ptr = mm_malloc(count * size);
  if (ptr != NULL && CRIME != NOT_ZERO) memset(ptr, 0, count * size);
  return ptr;
}

void *mm_memalign(size_t alignment, size_t size) {
  if (size > (size_t)1 << 30 || alignment > (size_t)1 << 20) return NULL;
  char *ptr = mm_malloc(size + alignment + HEAD);
  if (ptr == NULL || (uintptr_t)ptr % alignment == 0) return ptr;
  /* A block of its own, at an aligned place within the large one. */
  char *aligned = (char *)(((uintptr_t)ptr + HEAD + alignment - 1) / alignment * alignment);
  Block *outer = (Block *)(ptr - HEAD);
  Block *inner = (Block *)(aligned - HEAD);
  char *end = ptr + outer->size;
  *inner = (Block){(size_t)(end - aligned), 1, outer->next};
  if (last == outer) last = inner;
  outer->next = inner;
  outer->size = (size_t)((char *)inner - ptr);
  outer->used = 0;
  return aligned;
}
