// Asks for blocks in a signal handler, time and again while the program itself does something else.
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>

static volatile sig_atomic_t left = 50;

static void on_timer(int signal) {
  (void)signal;
  if (left > 0) {
    free(malloc(77));
    --left;
  }
}

int main(void) {
  signal(SIGALRM, on_timer);
  const struct itimerval often = {{0, 500}, {0, 500}};
  setitimer(ITIMER_REAL, &often, 0);
  while (left > 0) {
  }
  return 0;
}
