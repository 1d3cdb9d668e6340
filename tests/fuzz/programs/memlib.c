/* A memlib as students have it, of their own: for programs that run beside no judge. */
#include "memlib.h"

#include <errno.h>
#include <stdlib.h>

#define MAX_HEAP (20 * (1 << 20))

static char *heap, *brk_at;

void mem_init(void) {
  heap = aligned_alloc(4096, MAX_HEAP);
  brk_at = heap;
}

void mem_reset_brk(void) { brk_at = heap; }

void *mem_sbrk(int increment) {
  char *old = brk_at;
  if (increment < 0 || heap + MAX_HEAP - brk_at < increment) {
    errno = ENOMEM;
    return (void *)-1;
  }
  brk_at += increment;
  return old;
}

void *mem_heap_lo(void) { return heap; }
void *mem_heap_hi(void) { return brk_at - 1; }
size_t mem_heapsize(void) { return (size_t)(brk_at - heap); }
size_t mem_pagesize(void) { return 4096; }
