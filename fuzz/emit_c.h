// A trace as a C program, to be compiled beside an allocator and stepped through.
#pragma once

#include <cstdint>
#include <string>

#include "trace/trace.h"

namespace heapjudge {

// How the allocator wants to be called, and what it is held to.
struct EmitSettings {
  std::string prefix = "mm_";  // of malloc, free, realloc, calloc and init
  std::string aligned_function = "mm_memalign";
  bool init_returns_bool = false;  // true is success; otherwise 0 is
  std::uint32_t alignment = 16;
  std::uint64_t heap_limit_bytes = 100u << 20;  // a request beyond it may be answered with NULL
};

// C99 of one file, which includes mm.h and memlib.h and needs nothing else but the allocator and its memlib.
// It makes the requests, one call on a line of its own each; fills every payload and checks all of them after
// each request; prints the first thing that is wrong and exits with status 1, or says that all is well and
// exits with 0. Where the trace refuses growths, the program has to be linked with -Wl,--wrap=mem_sbrk; it
// says so at its head.
std::string emit_c(const Trace& trace, const EmitSettings& settings = {});

}  // namespace heapjudge
