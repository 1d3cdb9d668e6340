/* E501: the list of blocks is kept in nodes of the C library's malloc. */
#include <stdlib.h>

#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

struct node {
  void *payload;
  size_t size;
  struct node *next;
};

static struct node *free_nodes;

int mm_init(void) {
  free_nodes = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  if (size == 0) return NULL;
  void *payload = mem_sbrk((intptr_t)ROUND(size));
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) {
  struct node *node = malloc(sizeof *node);
  if (payload == NULL || node == NULL) return;
  node->payload = payload;
  node->next = free_nodes;
  free_nodes = node;
}
