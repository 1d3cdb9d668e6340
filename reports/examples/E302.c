/* #1 mm_malloc(24) did not return in time */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  while (mem_heapsize() < size) continue; /* nobody makes the heap any larger */
  return mem_heap_lo();
}

void mm_free(void *payload) {}
