#include "list.h"

static struct item *head;

void list_clear(void) { head = NULL; }

void list_add(struct item *item) {
  item->next = head;
  head = item;
}

struct item *list_take(size_t bytes) {
  struct item **at = &head;
  while (*at != NULL && (*at)->bytes < bytes) at = &(*at)->next;
  struct item *found = *at;
  if (found != NULL) *at = found->next;
  return found;
}
