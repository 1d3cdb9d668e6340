/* tgkill is allowed, for abort(): it must not reach another process. */
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) {
  for (int process = 1; process < 40000; process++) {
    if (process != getpid() && syscall(SYS_tgkill, process, process, 0) == 0) __builtin_trap();
  }
}
