/* #4 mm_malloc(32) returned memory that is still in use */
#include "memlib.h"
#include "mm.h"

static void *freed;

int mm_init(void) {
  freed = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  if (freed != NULL) return freed; /* and it stays there for the next request */
  void *payload = mem_sbrk((size + 15) / 16 * 16);
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) { freed = payload; }
