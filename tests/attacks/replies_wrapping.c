/* Replies with an address so far below the heap that adding the size wraps around. */
#define mm_malloc honest_malloc
#include "honest.inc"
#undef mm_malloc

void *mm_malloc(size_t size) {
  static int replies;
  if (++replies != 3) return honest_malloc(size);
  return (void *)((size_t)mem_heap_lo() - 16);
}
