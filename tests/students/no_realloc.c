/* malloc and free work. realloc is for next week. */
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
  if (n == (void *)-1) return NULL;
  n->bytes = size;
  return n + 1;
}

void mm_free(void *ptr) {
  struct node *n = (struct node *)ptr - 1;
  if (ptr == NULL) return;
  n->next = freed;
  freed = n;
}
