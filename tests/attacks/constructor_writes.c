/* A constructor that makes a file. */
#include <fcntl.h>

#include "honest.inc"

__attribute__((constructor)) static void early(void) {
  open("heapjudge-attack-mark", O_CREAT | O_WRONLY, 0600);
  open("/tmp/heapjudge-attack-mark", O_CREAT | O_WRONLY, 0600);
}
