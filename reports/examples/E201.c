/* #2 mm_free(block 0) called mem_sbrk with a negative or impossible increment */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  void *payload = mem_sbrk((size + 15) / 16 * 16);
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) { mem_sbrk(-16); }
