/* #3 after mm_malloc(24) the submission's own heap checker complains */
#include <stdbool.h>

#include "memlib.h"
#include "mm.h"

static void *spare; /* the block that was freed last */
static int spares;

int mm_init(void) {
  spare = NULL;
  spares = 0;
  return 0;
}

bool mm_checkheap(int line) { return spares == (spare != NULL); }

void *mm_malloc(size_t size) {
  void *payload = size <= 32 ? spare : NULL;
  if (payload != NULL) {
    spare = NULL; /* spares stays 1 */
    return payload;
  }
  payload = mem_sbrk((size + 31) / 32 * 32);
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) {
  if (payload == NULL) return;
  spare = payload;
  spares = 1;
}
