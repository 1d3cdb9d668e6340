/* E101: sizes are rounded up to 8, so the block after one of 24 bytes is misaligned. */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  void *payload = mem_sbrk((intptr_t)((size + 7) & ~(size_t)7));
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) { (void)payload; }
