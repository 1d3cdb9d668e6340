/* Closes every descriptor there may be. */
#include <unistd.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  for (int fd = 0; fd < 1024; fd++) close(fd);
}
