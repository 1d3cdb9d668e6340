/* #1 mm_malloc(24) made a forbidden system call: openat */
#include <stdio.h>

#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  FILE *log = fopen("mm.log", "a");
  if (log != NULL) fprintf(log, "malloc %zu\n", size);
  void *payload = mem_sbrk((size + 15) / 16 * 16);
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) {}
