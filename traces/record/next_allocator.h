// The allocator that the program would have without the recorder, and memory for the time until it is found.
#pragma once

#include <cstddef>

namespace heapjudge {

struct NextAllocator {
  void* (*malloc)(std::size_t);
  void* (*calloc)(std::size_t, std::size_t);
  void* (*realloc)(void*, std::size_t);
  void* (*reallocarray)(void*, std::size_t, std::size_t);
  void* (*memalign)(std::size_t, std::size_t);
  int (*posix_memalign)(void**, std::size_t, std::size_t);
  void* (*aligned_alloc)(std::size_t, std::size_t);
  void* (*valloc)(std::size_t);
  void* (*pvalloc)(std::size_t);
  void (*free)(void*);
};

// nullptr while it is being looked up: looking up may allocate.
const NextAllocator* next_allocator();

// Zeroed, aligned to 16 bytes or more, never given back; nullptr when it is used up.
void* early_allocate(std::size_t alignment, std::size_t size);

// Bytes from the address to the end of that memory; 0 for every other address.
std::size_t early_bytes_from(const void* address);

}  // namespace heapjudge
