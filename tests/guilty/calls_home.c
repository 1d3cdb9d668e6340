/* E305: mm_init opens a socket. */
#include <sys/socket.h>

#include "memlib.h"
#include "mm.h"

static int home;

int mm_init(void) {
  home = socket(AF_INET, SOCK_STREAM, 0);
  return home == 0;
}

#define ROUND(n) (((n) + 15) & ~(size_t)15)

void *mm_malloc(size_t size) {
  if (size == 0) return NULL;
  void *payload = mem_sbrk((intptr_t)ROUND(size));
  return payload == (void *)-1 ? NULL : payload;
}

void mm_free(void *payload) { (void)payload; }
