/* Lets the stack grow without end. */
static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static int deeper(volatile char *above) {
  volatile char frame[1 << 16];
  frame[0] = above[0];
  return deeper(frame) + frame[0];
}

static void attack(void) {
  char bottom = 0;
  deeper(&bottom);
}
