/* E102: cells are numbered from 1 and 0 means none, but nobody asks whether the list is empty. */
#include "memlib.h"
#include "mm.h"

#define CELL 64

static size_t first_free; /* number of a cell */

static char *cell(size_t number) { return (char *)mem_heap_lo() + (number - 1) * CELL; }

int mm_init(void) {
  if (mem_sbrk(2 * CELL) == (void *)-1) return -1;
  *(size_t *)cell(1) = 2;
  *(size_t *)cell(2) = 0;
  first_free = 1;
  return 0;
}

void *mm_malloc(size_t size) {
  if (size > CELL) return NULL;
  char *payload = cell(first_free);
  if (first_free != 0) first_free = *(size_t *)payload;
  return payload;
}

void mm_free(void *payload) {
  *(size_t *)payload = first_free;
  first_free = (size_t)((char *)payload - (char *)mem_heap_lo()) / CELL + 1;
}
