/* E303: out of memory, it says so and calls exit(0). */
#include <stdio.h>
#include <stdlib.h>

#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  if (size == 0) return NULL;
  void *payload = mem_sbrk((intptr_t)ROUND(size));
  if (payload == (void *)-1) {
    printf("out of memory\n");
    exit(0);
  }
  return payload;
}

void mm_free(void *payload) { (void)payload; }
