/* Never lets the loader finish. */
static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

__attribute__((constructor)) static void early(void) {
  for (volatile int waiting = 1; waiting;) continue;
}

static void attack(void) {}
