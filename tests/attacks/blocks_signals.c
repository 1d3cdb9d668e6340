/* Blocks every signal, and then crashes. */
#include <signal.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  *(volatile int *)16 = 1;
}
