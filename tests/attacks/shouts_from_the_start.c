/* Prints on each request, to both streams, in bytes that are no text. */
#include <stdio.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  for (int i = 0; i < 256; i++) {
    putchar(i);
    fputc(255 - i, stderr);
  }
  printf("\033]0;owned\007\033[2J::error::forged\n::set-output name=score::100\n");
}
