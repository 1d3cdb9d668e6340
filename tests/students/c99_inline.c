/* Plain inline, as C99 has it: without -O2 or -fgnu89-inline there is no function to call. */
#include <stdint.h>
#include <string.h>

#include "mm.h"
#include "memlib.h"

inline size_t up(size_t n) { return (n + 15) & ~(size_t)15; }
inline int at_limit(void *p) { return p == (void *)-1; }
size_t (*round_size)(size_t) = up;

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
  size = round_size(size);
  for (at = &freed; *at != NULL; at = &(*at)->next) {
    if ((*at)->bytes >= size) {
      n = *at;
      *at = n->next;
      return n + 1;
    }
  }
  n = mem_sbrk(sizeof(struct node) + size);
  if (at_limit(n)) return NULL;
  n->bytes = size;
  return n + 1;
}

void mm_free(void *ptr) {
  struct node *n = (struct node *)ptr - 1;
  if (ptr == NULL) return;
  n->next = freed;
  freed = n;
}

void *mm_realloc(void *ptr, size_t size) {
  size_t have;
  void *fresh;
  if (ptr == NULL) return mm_malloc(size);
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
