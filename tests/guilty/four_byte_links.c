/* E301: the free list is kept in 4 bytes. That is right for a 32-bit program, and cuts the addresses of a
   64-bit one. */
#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

static unsigned free_list; /* the address of a header; 0: none */

int mm_init(void) {
  free_list = 0;
  return 0;
}

/* | size 4 | next 4 | 8 to spare | payload | */
void *mm_malloc(size_t size) {
  unsigned *header = (unsigned *)(size_t)free_list;
  if (header != NULL && header[0] >= size) {
    free_list = header[1];
    return header + 4;
  }
  header = mem_sbrk((intptr_t)(16 + ROUND(size)));
  if (header == (void *)-1) return NULL;
  header[0] = (unsigned)ROUND(size);
  return header + 4;
}

void mm_free(void *payload) {
  if (payload == NULL) return;
  unsigned *header = (unsigned *)payload - 4;
  header[1] = free_list;
  free_list = (unsigned)(size_t)header;
}
