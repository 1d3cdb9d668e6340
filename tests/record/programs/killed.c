// Ends in the middle of its work, as hard as a program can.
#include <signal.h>
#include <stdlib.h>

int main(void) {
  void *volatile block = malloc(100);
  for (size_t size = 101; size <= 50000; ++size) block = realloc(block, size);
  raise(SIGKILL);
}
