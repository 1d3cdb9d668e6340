/* Leaves a file behind. */
#include <fcntl.h>
#include <unistd.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  int file = open("heapjudge-attack-mark", O_CREAT | O_WRONLY, 0600);
  for (int i = 0; file >= 0 && i < 1024; i++) {
    if (write(file, &attack, 4096) < 0) break;
  }
}
