/* Tells the judge of a smaller heap than it uses: it sets the size in memlib's books back to 0 after it has taken
   memory for a table. */
#include <stdint.h>

static void attack(void);
#define INIT_ATTACK() attack()
#include "honest.inc"

enum { kSize = 14 }; /* words of 8 bytes from the books' start to the size */

static void attack(void) {
  uint64_t *near = (uint64_t *)((uintptr_t)&verbose & ~(uintptr_t)4095);
  char *table = mem_sbrk(4096);
  memset(table, 1, 4096);
  for (uint64_t *word = near; word < near + 512; ++word) {
    if (*word == (uintptr_t)mem_heap_lo() && word[1] > 4096) word[kSize] = 0;
  }
}
