// How small a heap could have been, for somebody who knew the whole trace beforehand.
#pragma once

#include <cstdint>

#include "trace/trace.h"

namespace heapjudge {

enum class PackingMethod : std::uint8_t {
  kFirstFit,        // in the order of the trace, at the lowest address that fits
  kLargestFirst,    // offline: the largest blocks choose their place first
  kLargestOctaves,  // offline: by size to a power of two, then the longest-lived first
  kLongestFirst     // offline: by size times lifetime
};

// Packings place payloads without headers at multiples of `alignment`; a block that is resized to another
// rounded size may move at that moment. To find the smallest heap is NP-hard, so this is the best of some
// heuristics: somebody who knows the future can reach `heap_bytes`, and nobody can go below `least_bytes`,
// the largest sum of rounded payloads. What is possible lies between.
struct Packing {
  std::uint64_t heap_bytes = 0;
  std::uint64_t least_bytes = 0;
  PackingMethod method = PackingMethod::kFirstFit;
  bool all_methods = true;  // false: the trace has too many blocks for the offline ones
};

// A request for more than `largest_grantable_bytes` is taken to be refused.
Packing pack(const Trace& trace, std::uint64_t largest_grantable_bytes = UINT64_MAX,
             std::uint32_t alignment = 16);

}  // namespace heapjudge
