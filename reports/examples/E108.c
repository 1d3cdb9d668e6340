/* #2 mm_free(NULL) crashed: SIGSEGV at 0xfffffffffffffff8 */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  size_t *header = mem_sbrk(16 + (size + 15) / 16 * 16);
  if (header == (void *)-1) return NULL;
  header[1] = size | 1; /* in use */
  return header + 2;
}

void mm_free(void *payload) { ((size_t *)payload)[-1] &= ~(size_t)1; }
