#ifndef LIST_H
#define LIST_H
#include <stddef.h>

struct item {
  size_t bytes;
  struct item *next;
};

void list_clear(void);
void list_add(struct item *item);
struct item *list_take(size_t bytes); /* first fit; NULL: none */
#endif
