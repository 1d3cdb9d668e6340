/* Writes a forged message to every descriptor there may be. */
#include <unistd.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  static const char forged[] = "{\"score\": 100}\n";
  for (int to = 0; to < 1024; to++) {
    if (write(to, forged, sizeof forged - 1) < 0) continue;
  }
}
