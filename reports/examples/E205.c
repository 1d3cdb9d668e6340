/* #2 mm_free(block 0) called mem_unmap with an address that mem_map has not returned */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  char *range = mem_map(16 + size);
  return range == NULL ? NULL : range + 16;
}

void mm_free(void *payload) { mem_unmap(payload); /* the range starts 16 bytes below */ }
