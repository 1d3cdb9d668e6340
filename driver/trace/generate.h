// Traces made from a seed: families that each stress one habit of allocators, random ones for tests, and all
// small ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "trace/trace.h"

namespace heapjudge {

// Every family yields the same trace for the same settings on every machine, of sane requests only (malloc,
// free and realloc of sizes above 0), with `requests` requests or a few less, and frees every block at its
// end.
struct FamilySettings {
  std::string name = "generated";  // of the trace
  std::uint64_t seed = 1;
  std::size_t requests = 5000;
  std::size_t live_blocks = 500;       // at the same time, at most
  std::uint64_t largest_bytes = 4096;  // of a payload
};

// Sizes at random and lifetimes at random; some blocks are resized.
Trace random_mixed(const FamilySettings& settings);

// Sizes of two kinds, small ones and ones near largest_bytes, lifetimes at random.
Trace bimodal(const FamilySettings& settings);

// Sizes whose logarithm is roughly normal: many small, few large, as programs ask for them.
Trace log_normal(const FamilySettings& settings);

// Small and large in turn; every large one is freed, and the small ones survive between the holes. Then come
// requests a little larger than the holes, which no hole can hold, and others that fit.
Trace alternate_survivors(const FamilySettings& settings);

// Pairs of neighbours are freed in either order, then a block is asked for that fits only where both were.
Trace coalesce(const FamilySettings& settings);

// A few blocks grow by realloc, step by step, while small ones that stay are allocated behind them.
Trace realloc_growth(const FamilySettings& settings);

// The newest block is freed first: depth goes up and down.
Trace stack(const FamilySettings& settings);

// The oldest block is freed first.
Trace queue(const FamilySettings& settings);

// What a random trace may contain; each tier adds to the one before.
struct TraceMix {
  std::uint64_t largest_bytes =
      512;                    // of sane requests, which are malloc, free and realloc of 1 or more bytes
  std::uint32_t blocks = 32;  // ids; they are used again
  bool odd_cases = false;     // zero sizes, free(NULL), realloc of no block, calloc, mm_init again
  bool refusals = false;      // refused growth of the heap
  bool extremes = false;      // sizes near 2^32 and above, calloc products that overflow, memalign
};
inline constexpr TraceMix kP0Mix{};
inline constexpr TraceMix kP1Mix{.odd_cases = true};
inline constexpr TraceMix kP2Mix{.odd_cases = true, .refusals = true};
inline constexpr TraceMix kP3Mix{.odd_cases = true, .refusals = true, .extremes = true};

// Exactly `requests` requests, named "random-<seed>".
Trace random_trace(std::uint64_t seed, std::size_t requests, const TraceMix& mix = kP0Mix);

// Visits every well-formed trace of 1 to `max_requests` requests of malloc, free and realloc of live blocks,
// over the given sizes, in which a new block takes the next unused id. A trace
// is visited before those that continue it.
void for_each_small_trace(std::size_t max_requests, std::span<const std::uint64_t> sizes,
                          const std::function<void(const Trace&)>& visit);

}  // namespace heapjudge
