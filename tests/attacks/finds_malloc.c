/* Finds the C library's malloc behind the back of the linker, and takes gigabytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  void *(*hidden)(size_t) = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
  for (int i = 0; hidden != NULL && i < 64; i++) {
    char *bomb = hidden(64 << 20);
    if (bomb != NULL) memset(bomb, 1, 64 << 20);
  }
}
