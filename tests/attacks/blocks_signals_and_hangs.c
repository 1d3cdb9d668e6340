/* Blocks every signal, and then waits. */
#include <signal.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  for (volatile int on = 1; on;) continue;
}
