/* Ends the process before anything was asked. */
#include <unistd.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

__attribute__((constructor)) static void early(void) { _exit(0); }

static void attack(void) {}
