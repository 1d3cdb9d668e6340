/* E202: one refusal is taken for the end of all memory: every later request fails, although the heap may
   grow again. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

static int exhausted;

int mm_init(void) {
  exhausted = 0;
  return 0;
}

void *mm_malloc(size_t size) {
  if (exhausted) return NULL;
  void *payload = mem_sbrk((intptr_t)ROUND(size));
  if (payload != (void *)-1) return payload;
  exhausted = 1;
  return NULL;
}

void mm_free(void *payload) { (void)payload; }
