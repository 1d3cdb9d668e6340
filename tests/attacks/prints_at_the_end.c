/* Prints a perfect result from an atexit handler and from a destructor, after everybody else. */
#include <stdio.h>
#include <stdlib.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void last_word(void) {
  printf("{\"score\": 100}\nscore 100 / 100\n");
  fflush(stdout);
}

__attribute__((destructor)) static void destructor(void) { last_word(); }

static void attack(void) { atexit(last_word); }
