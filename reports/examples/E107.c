/* #3 mm_free(block 1) changed bytes of live block 0 */
#include "memlib.h"
#include "mm.h"

static void *list;

int mm_init(void) {
  list = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  void *payload = mem_sbrk((size + 15) / 16 * 16);
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) {
  ((void **)payload)[-1] = list; /* one word too low: there is no header */
  list = payload;
}
