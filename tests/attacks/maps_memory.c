/* Maps gigabytes. */
#include <sys/mman.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  for (int i = 0; i < 4; i++) {
    char *bomb = mmap(NULL, 1u << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bomb != MAP_FAILED) memset(bomb, 1, 1u << 30);
  }
}
