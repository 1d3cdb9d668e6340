/* E109: a range goes back, and then onto a list of free ones, which is kept in the ranges. */
#include "memlib.h"
#include "mm.h"

#define HEADER 16

struct range {
  size_t is_free;
  struct range *next;
};

static struct range *free_ranges;

int mm_init(void) {
  free_ranges = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  char *range = mem_map(size + HEADER);
  return range == NULL ? NULL : range + HEADER;
}

void mm_free(void *payload) {
  if (payload == NULL) return;
  struct range *range = (struct range *)((char *)payload - HEADER);
  mem_unmap(range);
  range->is_free = 1;
  range->next = free_ranges;
  free_ranges = range;
}
