// Three requests.
#include <stdlib.h>

int main(void) {
  void *volatile block = malloc(10);
  free(block);
  block = malloc(20);
  return 0;
}
