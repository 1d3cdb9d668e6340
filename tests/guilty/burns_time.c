/* E304: every request looks at 200 million imaginary holes: each within its time, all of them beyond that
   of the trace. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  for (volatile long hole = 0; hole < 200000000; hole++) continue;
  if (size == 0) return NULL;
  void *payload = mem_sbrk((intptr_t)ROUND(size));
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) { (void)payload; }
