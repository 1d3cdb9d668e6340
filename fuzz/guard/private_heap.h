// The libc heap of a submission that has use for one: it starts afresh with every execution, so that nothing leaks, and
// no lock of ours is held when the submission is left.
#pragma once

#include <cstddef>

namespace heapjudge {

// Never reuses; NULL beyond 64 MiB. Blocks are aligned to 16 bytes.
void* private_heap_malloc(std::size_t bytes);
void* private_heap_calloc(std::size_t count, std::size_t bytes);
void* private_heap_realloc(void* block, std::size_t bytes);  // block is NULL or a block of this heap

bool private_heap_owns(const void* block);  // or it is NULL

extern "C" void heapjudge_guard_empty_private_heap();

}  // namespace heapjudge
