// A child that frees what it inherited, asks for more, and has a child of its own.
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void wait_for_child(void) {
  int status;
  if (wait(&status) < 0 || status != 0) exit(1);
}

int main(void) {
  void *volatile block = malloc(101);
  if (fork() == 0) {
    free(block);
    block = malloc(201);
    if (fork() == 0) {
      block = malloc(301);
      _exit(0);
    }
    wait_for_child();
    block = malloc(202);
    _exit(0);
  }
  wait_for_child();
  block = malloc(102);
  _exit(0);
}
