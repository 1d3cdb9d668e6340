/* Starts a thread while it is loaded. */
#include <pthread.h>

#include "honest.inc"

static void *run(void *argument) {
  for (volatile int on = 1; on;) continue;
  return argument;
}

__attribute__((constructor)) static void early(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, run, NULL);
}
