/* the course's model of the heap */
#include <stdlib.h>

#include "config.h"
#include "memlib.h"

static char *area, *brk_now;

void mem_init(void) { brk_now = area = malloc(MAX_HEAP); }

void *mem_sbrk(int incr) {
  char *old = brk_now;
  if (incr < 0 || brk_now + incr > area + MAX_HEAP) return (void *)-1;
  brk_now += incr;
  return old;
}

void *mem_heap_lo(void) { return area; }
void *mem_heap_hi(void) { return brk_now - 1; }
