/* #1 mm_malloc(200000000) ended the process with exit status 1 */
#include <stdlib.h>

#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  void *payload = mem_sbrk((size + 15) / 16 * 16);
  if (payload == (void *)-1) exit(1); /* the client may have other plans */
  return payload;
}

void mm_free(void *payload) {}
