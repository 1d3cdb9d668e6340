/* #1 mm_malloc(24) returned an address that is not aligned */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  char *header = mem_sbrk(8 + (size + 15) / 16 * 16);
  return header == (void *)-1 ? NULL : header + 8; /* 8 is not a multiple of 16 */
}

void mm_free(void *payload) {}
