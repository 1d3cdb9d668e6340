/* Replies with an address on its own stack. */
#define mm_malloc honest_malloc
#include "honest.inc"
#undef mm_malloc

void *mm_malloc(size_t size) {
  static int replies;
  if (++replies != 3) return honest_malloc(size);
  return (void *)((size_t)__builtin_frame_address(0) & ~(size_t)15);
}
