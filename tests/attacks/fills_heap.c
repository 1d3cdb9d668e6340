/* Writes to the whole mapping of the heap, far past its end. */
static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  memset((char *)mem_heap_hi() + 1, 0x55, 64 << 20);
}
