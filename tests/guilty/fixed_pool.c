/* E104: mm_init takes one page and mm_malloc never asks for another. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

static size_t used;

int mm_init(void) {
  used = 0;
  return mem_sbrk(4096) == (void *)-1 ? -1 : 0;
}

void *mm_malloc(size_t size) {
  if (used + ROUND(size) > mem_heapsize()) return NULL;
  char *payload = (char *)mem_heap_lo() + used;
  used += ROUND(size);
  return payload;
}

void mm_free(void *payload) { (void)payload; }
