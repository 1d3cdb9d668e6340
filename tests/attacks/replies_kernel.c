/* Replies with an address of the kernel. */
#define mm_malloc honest_malloc
#include "honest.inc"
#undef mm_malloc

void *mm_malloc(size_t size) {
  static int replies;
  if (++replies != 3) return honest_malloc(size);
  return (void *)(0xffff800000000000);
}
