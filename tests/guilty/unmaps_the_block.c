/* E205: mm_free gives mem_unmap the address of the block, and the range starts a header below. */
#include "memlib.h"
#include "mm.h"

#define HEADER 16

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  char *range = mem_map(size + HEADER);
  return range == NULL ? NULL : range + HEADER;
}

void mm_free(void *payload) {
  if (payload != NULL) mem_unmap(payload);
}
