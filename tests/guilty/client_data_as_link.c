/* E301: a block stays on the free list when it is handed out, and its link lies in the payload: the next
   search follows what the client wrote. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

static void **free_list; /* each payload on it holds the address of the next */

static size_t *size_of(void *payload) { return (size_t *)payload - 2; }

int mm_init(void) {
  free_list = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  size = ROUND(size);
  for (void **hole = free_list; hole != NULL; hole = *hole) {
    if (*size_of(hole) >= size) return hole;
  }
  size_t *header = mem_sbrk((intptr_t)(16 + size));
  if (header == (void *)-1) return NULL;
  *header = size;
  return header + 2;
}

void mm_free(void *payload) {
  if (payload == NULL) return;
  *(void **)payload = free_list;
  free_list = payload;
}
