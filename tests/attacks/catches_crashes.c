/* Catches its own crashes and goes on. */
#include <setjmp.h>
#include <signal.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static sigjmp_buf safe;

static void caught(int number) {
  (void)number;
  siglongjmp(safe, 1);
}

static void attack(void) {
  signal(SIGSEGV, caught);
  if (sigsetjmp(safe, 1) == 0) *(volatile int *)16 = 1;
}
