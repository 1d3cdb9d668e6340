/* Looks for every page it can write to, around its stack, its libraries and the program, and fills the
   start of each with noise: requests, replies and books alike. */
#include <stdint.h>
#include <sys/random.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void scribble(uintptr_t from, uintptr_t to) {
  uintptr_t here = (uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)4095;
  for (uintptr_t page = from; page < to; page += 4096) {
    if (page >= here - 8192 && page <= here + 8192) continue;
    getrandom((void *)page, 64, 0);
  }
}

static void attack(void) {
  uintptr_t libraries = (uintptr_t)&memcpy & ~(uintptr_t)4095;
  scribble(libraries + (4 << 20), libraries + (64 << 20));
  scribble(libraries - (512 << 20), libraries);
}
