/* E203: a counter that mm_init does not reset decides where blocks go. The second run is sound, and
   different. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

static unsigned requests;

int mm_init(void) { return 0; }

/* Every eighth block gets a gap in front, to keep rows of a table out of each other's cache lines. */
void *mm_malloc(size_t size) {
  size_t gap = requests++ % 8 == 0 ? 64 : 0;
  char *payload = mem_sbrk((intptr_t)(gap + ROUND(size)));
  return payload == (void *)-1 ? NULL : payload + gap;
}

void mm_free(void *payload) { (void)payload; }
