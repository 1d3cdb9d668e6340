/* E203: a range that was kept for the next block is still handed out after mm_init, which finds nothing mapped. */
#include "memlib.h"
#include "mm.h"

#define HEADER 16

static char *spare;
static size_t spare_size;

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  char *range = spare;
  if (range != NULL && size <= spare_size) {
    spare = NULL;
  } else {
    range = mem_map(size + HEADER);
    if (range == NULL) return NULL;
    *(size_t *)range = size;
  }
  return range + HEADER;
}

void mm_free(void *payload) {
  if (payload == NULL) return;
  if (spare != NULL) mem_unmap(spare);
  spare = (char *)payload - HEADER;
  spare_size = *(size_t *)spare;
}
