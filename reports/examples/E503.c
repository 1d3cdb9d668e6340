/* mm_free is not defined */
#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  void *payload = mem_sbrk((size + 15) / 16 * 16);
  return payload == (void *)-1 ? NULL : payload;
}
