#include <string.h>

#include "list.h"
#include "memlib.h"
#include "mm.h"

int mm_init(void) {
  list_clear();
  return 0;
}

void *mm_malloc(size_t size) {
  size_t bytes = (size + 15) & ~(size_t)15;
  struct item *item = list_take(bytes);
  if (item == NULL) {
    item = mem_sbrk((intptr_t)(bytes + sizeof *item));
    if (item == (void *)-1) return NULL;
    item->bytes = bytes;
  }
  return item + 1;
}

void mm_free(void *ptr) {
  if (ptr != NULL) list_add((struct item *)ptr - 1);
}

void *mm_realloc(void *ptr, size_t size) {
  if (ptr == NULL) return mm_malloc(size);
  size_t have = ((struct item *)ptr - 1)->bytes;
  if (size <= have) return ptr;
  void *fresh = mm_malloc(size);
  if (fresh == NULL) return NULL;
  memcpy(fresh, ptr, have);
  mm_free(ptr);
  return fresh;
}
