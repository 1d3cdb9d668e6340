/* E205: small blocks share a range, which goes back when the first block that was cut out of it is freed. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)
#define RANGE ((size_t)64 << 10)

static char *range;
static size_t used;

int mm_init(void) {
  range = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  if (range == NULL || ROUND(size) > RANGE - used) {
    char *fresh = mem_map(RANGE);
    if (fresh == NULL || ROUND(size) > RANGE) return NULL;
    range = fresh;
    used = 0;
  }
  char *payload = range + used;
  used += ROUND(size);
  return payload;
}

void mm_free(void *payload) {
  if (payload == NULL || payload != range) return;
  mem_unmap(range);
  range = NULL;
}
