/* Tells the judge of no mapped range although it keeps a table in one: it empties memlib's list of them. */
#include <stdint.h>

static void attack(void);
#define INIT_ATTACK() attack()
#include "honest.inc"

enum { kList = 3 }; /* words of 8 bytes from the start of memlib's books to the address of the list */

static void attack(void) {
  uint64_t *near = (uint64_t *)((uintptr_t)&verbose & ~(uintptr_t)4095);
  char *table = mem_map(4096);
  memset(table, 1, 4096);
  for (uint64_t *word = near; word < near + 512; ++word) {
    if (*word == (uintptr_t)mem_heap_lo() && word[1] > 4096) *(uint32_t *)word[kList] = 0;
  }
}
