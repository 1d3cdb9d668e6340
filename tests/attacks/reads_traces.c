/* Reads the traces to know what will be asked. */
#include <stdio.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  FILE *file = fopen("traces/rubric.yaml", "r");
  if (file != NULL) __builtin_trap();
}
