/* "Trust is good, control is better." */
#include <assert.h>
#include <string.h>

#include "mm.h"
#include "memlib.h"

struct node {
  size_t bytes;
  struct node *next;
};

static struct node *freed;

int mm_init(void) {
  freed = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  struct node **at, *n;
  if (size == 0) return NULL;
  size = (size + 15) & ~(size_t)15;
  for (at = &freed; *at != NULL; at = &(*at)->next) {
    if ((*at)->bytes >= size) {
      n = *at;
      *at = n->next;
      return n + 1;
    }
  }
  n = mem_sbrk(sizeof(struct node) + size);
  assert(n != (void *)-1);
  n->bytes = size;
  return n + 1;
}

void mm_free(void *ptr) {
  struct node *n = (struct node *)ptr - 1;
  assert(ptr != NULL);
  assert((char *)ptr > (char *)mem_heap_lo() && (char *)ptr < (char *)mem_heap_hi());
  assert(((size_t)ptr & 15) == 0);
  n->next = freed;
  freed = n;
}

void *mm_realloc(void *ptr, size_t size) {
  size_t have;
  void *fresh;
  assert(ptr != NULL);
  if (size == 0) {
    mm_free(ptr);
    return NULL;
  }
  have = ((struct node *)ptr - 1)->bytes;
  if (size <= have) return ptr;
  fresh = mm_malloc(size);
  if (fresh == NULL) return NULL;
  memcpy(fresh, ptr, have);
  mm_free(ptr);
  return fresh;
}
