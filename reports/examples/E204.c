/* #1 with other bytes in new heap memory mm_malloc(32) returned NULL although the heap could still have grown */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return mem_sbrk(4096) == (void *)-1 ? -1 : 0; }

void *mm_malloc(size_t size) {
  char *end = (char *)mem_heap_hi() + 1;
  for (char *slot = mem_heap_lo(); slot < end; slot += 64) {
    if (slot[0] != 0) continue; /* in use; but who wrote the 0 of one that is free? */
    slot[0] = 1;
    return slot + 16;
  }
  return NULL;
}

void mm_free(void *payload) { ((char *)payload)[-16] = 0; }
