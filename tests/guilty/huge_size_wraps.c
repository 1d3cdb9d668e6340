/* E102: rounding up a size near SIZE_MAX wraps around to 0, and a tiny block is handed out for it. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  if (size == 0) return NULL;
  void *payload = mem_sbrk((intptr_t)ROUND(size));
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) { (void)payload; }
