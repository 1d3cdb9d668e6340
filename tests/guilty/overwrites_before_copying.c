/* E105: mm_realloc frees the old block before it copies it to the new one, and mm_free
   keeps its link in the payload. */
#include <string.h>

#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

static void *free_list; /* each free payload holds the address of the next */

static size_t *size_of(void *payload) { return (size_t *)payload - 2; }

int mm_init(void) {
  free_list = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  size = ROUND(size);
  if (free_list != NULL && *size_of(free_list) >= size) {
    void *payload = free_list;
    free_list = *(void **)payload;
    return payload;
  }
  size_t *header = mem_sbrk((intptr_t)(16 + size));
  if (header == (void *)-1) return NULL;
  *header = size;
  return header + 2;
}

void mm_free(void *payload) {
  if (payload == NULL) return;
  *(void **)payload = free_list;
  free_list = payload;
}

void *mm_realloc(void *payload, size_t size) {
  if (payload == NULL) return mm_malloc(size);
  size_t old_size = *size_of(payload);
  void *moved = mm_malloc(size);
  if (moved == NULL) return NULL;
  mm_free(payload);
  return memcpy(moved, payload, old_size < size ? old_size : size);
}
