/* E305: mm_malloc writes a log file. */
#include <stdio.h>

#include "memlib.h"
#include "mm.h"

#define ROUND(n) (((n) + 15) & ~(size_t)15)

int mm_init(void) { return 0; }

void *mm_malloc(size_t size) {
  FILE *log = fopen("mm.log", "a");
  if (log != NULL) {
    fprintf(log, "malloc(%zu)\n", size);
    fclose(log);
  }
  if (size == 0) return NULL;
  void *payload = mem_sbrk((intptr_t)ROUND(size));
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) { (void)payload; }
