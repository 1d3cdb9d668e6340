/* While it is loaded, lays private memory over every page of the process that may be a mailbox: the
   shared ones, found by what madvise says. */
#include <stdint.h>
#include <sys/mman.h>

#include "honest.inc"

/* MADV_REMOVE works on shared, writable memory only, and empties it. */
static void empty_shared_pages(uintptr_t from, uintptr_t to) {
  for (uintptr_t page = from; page < to; page += 4096) madvise((void *)page, 4096, MADV_REMOVE);
}

__attribute__((constructor)) static void early(void) {
  uintptr_t here = (uintptr_t)&early & ~(uintptr_t)4095;
  empty_shared_pages(0x800000000, 0x800100000);
  empty_shared_pages(here - (256 << 20), here + (16 << 20));
}
