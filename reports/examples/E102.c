/* #1 mm_malloc(100) returned a block that does not lie inside the heap */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  char *header = mem_sbrk((size + 15) / 16 * 16); /* for the payload, but not for the header */
  return header == (void *)-1 ? NULL : header + 16;
}

void mm_free(void *payload) {}
