/* #3 mm_calloc(8, 8) returned memory that is not zero */
#include "memlib.h"
#include "mm.h"

static void *freed;

int mm_init(void) {
  freed = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  void *payload = freed != NULL ? freed : mem_sbrk((size + 15) / 16 * 16);
  freed = NULL;
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) { freed = payload; }

void *mm_calloc(size_t count, size_t size) {
  return mm_malloc(count * size); /* memory that was used before is not zero */
}
