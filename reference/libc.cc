// Reference for speed: the C library's own malloc behind the functions of mm.h.
//
// Its blocks lie outside of the judge's heap, in memory that it gets from the system, so it is never graded: it is
// launched without the filter of system calls, and only timed. What it needs in memory is measured elsewhere
// (driver/judge/libc_heap.h). mm_init cannot make it start afresh; who times it frees what it has asked for.
#include <malloc.h>

#include <cstdlib>

#include "mm.h"

extern "C" int mm_init(void) { return 0; }
extern "C" void* mm_malloc(std::size_t size) { return std::malloc(size); }
extern "C" void mm_free(void* payload) { std::free(payload); }
extern "C" void* mm_realloc(void* payload, std::size_t size) { return std::realloc(payload, size); }
extern "C" void* mm_calloc(std::size_t count, std::size_t size) { return std::calloc(count, size); }
extern "C" void* mm_memalign(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
