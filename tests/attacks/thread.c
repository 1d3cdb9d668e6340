/* Starts a thread that goes on while the requests are served. */
#include <pthread.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

static void *run(void *argument) {
  for (volatile int on = 1; on;) continue;
  return argument;
}

static void attack(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, run, NULL);
}
