/* E107: the list of live blocks runs through their payloads. mm_free puts the bytes back, so a check
   after it finds nothing. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

typedef struct block {
  struct block *below; /* the block made before this one */
  void *saved;         /* the payload bytes that the list has displaced */
} block;

static block *newest;

int mm_init(void) {
  newest = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  block *fresh = mem_sbrk((intptr_t)(sizeof(block) + ROUND(size)));
  if (fresh == (void *)-1) return NULL;
  fresh->below = newest;
  fresh->saved = NULL;
  if (newest != NULL) {
    newest->saved = *(void **)(newest + 1);
    *(void **)(newest + 1) = fresh;
  }
  newest = fresh;
  return fresh + 1;
}

void mm_free(void *payload) {
  block *gone = (block *)payload - 1;
  if (payload != NULL && gone->saved != NULL) *(void **)payload = gone->saved;
}
