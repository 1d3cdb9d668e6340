/* Ends its parent. */
#include <signal.h>
#include <unistd.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) { kill(getppid(), SIGKILL); }
