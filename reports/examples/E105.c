/* #2 mm_realloc(block 0, 100) did not keep the block's bytes */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  void *payload = mem_sbrk((size + 15) / 16 * 16);
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) {}

void *mm_realloc(void *payload, size_t size) {
  mm_free(payload);
  return mm_malloc(size); /* nobody copies */
}
