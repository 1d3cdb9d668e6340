/* Prints a gibibyte. */
#include <stdio.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  static char line[4096];
  memset(line, 'x', sizeof line);
  line[sizeof line - 1] = '\n';
  for (int i = 0; i < 1 << 18; i++) fwrite(line, 1, sizeof line, stdout);
}
