// Histories for tests: random ones, and such whose picture is known beforehand.
#pragma once

#include <cstdint>

#include "history/heap_history.h"

namespace heapjudge {

struct RandomHistorySettings {
  std::uint32_t seed = 1;
  std::size_t requests = 200;
  std::uint64_t most_bytes = 200;  // of a block
  std::uint32_t alignment = 16;
  bool mapped = true;   // now and then a range comes or goes
  bool shrinks = true;  // the heap's end moves both ways
};

// As sound as any that a replay leaves: blocks are aligned, disjoint and inside; some of no bytes; some with
// nothing between them.
HeapHistory random_history(const RandomHistorySettings& settings);

// At every one of `requests` moments the whole heap is payload, in blocks of 64 bytes that come and go.
HeapHistory packed_history(std::size_t requests, std::uint64_t heap_bytes);

// Blocks of `bytes` with as many bytes between them.
HeapHistory striped_history(std::size_t requests, std::uint64_t heap_bytes, std::uint64_t bytes);

}  // namespace heapjudge
