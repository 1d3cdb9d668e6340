/* Replies with an address just past the heap. */
#define mm_malloc honest_malloc
#include "honest.inc"
#undef mm_malloc

void *mm_malloc(size_t size) {
  static int replies;
  if (++replies != 3) return honest_malloc(size);
  return (void *)((size_t)mem_heap_hi() + 1);
}
