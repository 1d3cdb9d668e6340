/* E204: what mem_map hands out is taken for zero, as the system's would be. */
#include <string.h>

#include "memlib.h"
#include "mm.h"

#define HEADER 16

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  char *range = mem_map(size + HEADER);
  return range == NULL ? NULL : range + HEADER;
}

void mm_free(void *payload) {
  if (payload != NULL) mem_unmap((char *)payload - HEADER);
}

void *mm_calloc(size_t count, size_t size) { return mm_malloc(count * size); }
