/* E205: mm_realloc gives the old range back, and so does the mm_free that it calls. */
#include <string.h>

#include "memlib.h"
#include "mm.h"

#define HEADER 16

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  size_t *range = mem_map(size + HEADER);
  if (range == NULL) return NULL;
  range[0] = size;
  return (char *)range + HEADER;
}

void mm_free(void *payload) {
  if (payload != NULL) mem_unmap((char *)payload - HEADER);
}

void *mm_realloc(void *payload, size_t size) {
  char *moved = mm_malloc(size);
  if (payload == NULL || moved == NULL) return moved;
  size_t kept = *(size_t *)((char *)payload - HEADER);
  memcpy(moved, payload, kept < size ? kept : size);
  mm_free(payload);
  mem_unmap((char *)payload - HEADER);
  return moved;
}
