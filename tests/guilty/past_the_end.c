/* E109: the end marker is written behind the last block without asking for its 8 bytes. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  if (size == 0) return NULL;
  void *payload = mem_sbrk((intptr_t)ROUND(size));
  if (payload == (void *)-1) return NULL;
  *(size_t *)((char *)payload + ROUND(size)) = 1; /* size 0, in use */
  return payload;
}

void mm_free(void *payload) { (void)payload; }
