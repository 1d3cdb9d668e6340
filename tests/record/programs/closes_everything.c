// Closes every descriptor it may have inherited, uses the numbers for a file of its own, and goes on for long.
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  for (int fd = 3; fd < 256; ++fd) close(fd);
  if (argc != 2) return 1;
  for (int i = 0; i < 20; ++i) {
    if (open(argv[1], O_RDWR | O_CREAT, 0600) < 0) return 1;
  }
  for (int i = 0; i < 100000; ++i) {
    void *volatile block = malloc(55);
    free(block);
  }
  return 0;
}
