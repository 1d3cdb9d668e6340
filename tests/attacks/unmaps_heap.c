/* Takes the heap away while it is loaded. */
#include <sys/mman.h>

#include "honest.inc"

__attribute__((constructor)) static void early(void) { munmap((void *)0x800000000, (size_t)100 << 20); }
