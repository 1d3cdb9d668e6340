/* Right in the first run, wrong in all later ones: there every block lies on the same spot. */
static int runs;
#define INIT_ATTACK() runs++
#define mm_malloc honest_malloc
#include "honest.inc"
#undef mm_malloc

void *mm_malloc(size_t size) {
  static void *spot;
  if (runs == 1 || spot == NULL) return spot = honest_malloc(size);
  return spot;
}
