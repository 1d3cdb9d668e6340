/* A bitmap of 32-byte slots, kept in the first 4 KB of the heap: 32768 slots, first fit by runs. */
#include "config.h"
#include "memlib.h"
#include "mm.h"

#include <string.h>

#define SLOTS 32768
#define SLOT 32

static unsigned char *map;
static char *slots;
static long in_heap; /* slots that the heap has room for */

int mm_init(void) {
  map = mem_sbrk(SLOTS / 8);
  if (map == (void *)-1) return -1;
  memset(map, 0, SLOTS / 8);
  slots = (char *)map + SLOTS / 8;
  in_heap = 0;
  return 0;
}

static int taken(long i) { return map[i / 8] >> (i % 8) & 1; }
static void set(long i, long n) { for (; n > 0; n--, i++) map[i / 8] |= 1 << (i % 8); }
static void unset(long i, long n) { for (; n > 0; n--, i++) map[i / 8] &= ~(1 << (i % 8)); }

/* the number of slots stands in the first half of the first slot */
void *mm_malloc(unsigned long size) {
  long need, start, run;
  if (size == 0 || size > (unsigned long)SLOTS * SLOT - 16) return 0;
  need = (long)(size + 16 + SLOT - 1) / SLOT;
  for (start = run = 0; start + run < SLOTS && run < need;)
    if (taken(start + run)) start += run + 1, run = 0;
    else run++;
  if (run < need) return 0;
  if (start + need > in_heap) {
    if (mem_sbrk((int)(start + need - in_heap) * SLOT) == (void *)-1) return 0;
    in_heap = start + need;
  }
  set(start, need);
  *(long *)(slots + start * SLOT) = need;
  return slots + start * SLOT + 16;
}

void mm_free(void *ptr) {
  char *start = (char *)ptr - 16;
  if (ptr) unset((start - slots) / SLOT, *(long *)start);
}

void *mm_realloc(void *ptr, unsigned long size) {
  unsigned long have;
  void *fresh;
  if (!ptr) return mm_malloc(size);
  if (!size) {
    mm_free(ptr);
    return 0;
  }
  have = *(long *)((char *)ptr - 16) * SLOT - 16;
  if (have >= size) return ptr;
  if (!(fresh = mm_malloc(size))) return 0;
  memcpy(fresh, ptr, have);
  mm_free(ptr);
  return fresh;
}
