/* Ends the process by the system call itself, past every handler, with the status of success. */
#include <unistd.h>
#include <sys/syscall.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void attack(void) { syscall(SYS_exit_group, 0); }
