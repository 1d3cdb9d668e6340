// Ends its own process, in a way that nothing inside of it survives, as soon as somebody asks for more than 400 bytes.
#include <signal.h>
#include <unistd.h>

#include "memlib.h"
#include "mm.h"

int mm_init(void) { return 0; }

void *mm_malloc(size_t n) {
  if (n > 400) kill(getpid(), SIGKILL);
  char *p = mem_sbrk((long)((n + 15) & ~15ul));
  return p == (char *)-1 ? NULL : p;
}

void mm_free(void *p) { (void)p; }
