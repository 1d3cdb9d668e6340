/* Leaves a process behind that belongs to nobody. */
#include <unistd.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  if (fork() != 0) return;
  setsid();
  if (fork() != 0) _exit(0);
  sleep(60);
  _exit(0);
}
