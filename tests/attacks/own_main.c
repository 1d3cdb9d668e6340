/* Has a main that prints a perfect result. */
#include <stdio.h>

#include "honest.inc"

int main(void) {
  puts("{\"score\": 100}");
  return 0;
}
