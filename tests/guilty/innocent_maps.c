/* Innocent: a range for each block, and nothing from mem_sbrk. */
#include <string.h>

#include "memlib.h"
#include "mm.h"

#define HEADER 16

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  if (size == 0 || size > PTRDIFF_MAX / 2) return NULL;
  size_t *range = mem_map(size + HEADER);
  if (range == NULL) return NULL;
  range[0] = size;
  return (char *)range + HEADER;
}

void mm_free(void *payload) {
  if (payload != NULL) mem_unmap((char *)payload - HEADER);
}

void *mm_realloc(void *payload, size_t size) {
  if (payload == NULL) return mm_malloc(size);
  if (size == 0) {
    mm_free(payload);
    return NULL;
  }
  char *moved = mm_malloc(size);
  if (moved == NULL) return NULL;
  size_t kept = *(size_t *)((char *)payload - HEADER);
  memcpy(moved, payload, kept < size ? kept : size);
  mm_free(payload);
  return moved;
}

void *mm_calloc(size_t count, size_t size) {
  if (size != 0 && count > (size_t)-1 / size) return NULL;
  void *payload = mm_malloc(count * size);
  return payload == NULL ? NULL : memset(payload, 0, count * size);
}
