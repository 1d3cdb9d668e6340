/* #3 mm_malloc(2000) returned NULL although the heap could still have grown */
#include "memlib.h"
#include "mm.h"

static size_t used;

int mm_init(void) {
  used = 0;
  return mem_sbrk(4096) == (void *)-1 ? -1 : 0;
}

void *mm_malloc(size_t size) {
  size_t start = used;
  used += (size + 15) / 16 * 16;
  return used > 4096 ? NULL : (char *)mem_heap_lo() + start; /* where is mem_sbrk? */
}

void mm_free(void *payload) {}
