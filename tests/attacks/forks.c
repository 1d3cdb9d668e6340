/* Multiplies. (Sixty-four times, should nobody stop it.) */
#include <unistd.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  for (int i = 0; i < 64; i++) {
    if (fork() == 0) sleep(60), _exit(0);
  }
}
