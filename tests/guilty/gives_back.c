/* E201: mm_free gives the last block back with a negative mem_sbrk. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

static char *last;
static size_t last_size;

int mm_init(void) {
  last = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  char *payload = mem_sbrk((intptr_t)ROUND(size));
  if (payload == (void *)-1) return NULL;
  last = payload;
  last_size = ROUND(size);
  return payload;
}

void mm_free(void *payload) {
  if (payload == NULL || payload != last) return;
  mem_sbrk(-(intptr_t)last_size);
  last = NULL;
}
