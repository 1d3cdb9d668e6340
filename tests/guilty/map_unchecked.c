/* E202: the result of mem_map is used without a look. */
#include "memlib.h"
#include "mm.h"

#define HEADER 16

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  size_t *range = mem_map(size + HEADER);
  range[0] = size;
  return (char *)range + HEADER;
}

void mm_free(void *payload) {
  if (payload != NULL) mem_unmap((char *)payload - HEADER);
}
