/* Asks to be told of its crashes while it is loaded. */
#include <signal.h>

#include "honest.inc"

static void caught(int number) {
  (void)number;
  for (;;) continue;
}

__attribute__((constructor)) static void early(void) {
  signal(SIGSEGV, caught);
  signal(SIGSYS, caught);
}
