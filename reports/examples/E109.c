/* #1 mm_malloc(100) wrote past the end of the heap */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  size_t rounded = (size + 15) / 16 * 16;
  char *payload = mem_sbrk(rounded);
  if (payload == (void *)-1) return NULL;
  *(size_t *)(payload + rounded) = 1; /* the epilogue, for which nobody asked */
  return payload;
}

void mm_free(void *payload) {}
