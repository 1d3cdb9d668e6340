/* E302: mm_init waits for a heap that is never there. */
#include "memlib.h"
#include "mm.h"

int mm_init(void) {
  while (mem_heapsize() == 0) continue;
  return 0;
}

#define ROUND(n) (((n) + 15) & ~(size_t)15)

void *mm_malloc(size_t size) {
  if (size == 0) return NULL;
  void *payload = mem_sbrk((intptr_t)ROUND(size));
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) { (void)payload; }
