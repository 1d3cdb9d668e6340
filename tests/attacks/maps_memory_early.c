/* Maps gigabytes while it is loaded. */
#include <sys/mman.h>

#include "honest.inc"

__attribute__((constructor)) static void early(void) {
  for (int i = 0; i < 64; i++) {
    char *bomb = mmap(NULL, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bomb != MAP_FAILED) memset(bomb, 1, 64 << 20);
  }
}
