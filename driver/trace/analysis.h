// What a trace asks for, in figures: live bytes over time, sizes, lifetimes, reallocs, and what rounding
// alone costs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "trace/statistics.h"
#include "trace/trace.h"

namespace heapjudge {

// How many values have so many binary digits: [0] zeros, [1] ones, [2] 2 to 3, [3] 4 to 7, and so on.
using Histogram = std::array<std::uint64_t, 65>;

struct LiveSample {
  std::size_t request = 0;  // from 1
  std::uint64_t bytes = 0;  // live payload after it
  std::uint64_t blocks = 0;
};

struct ResizeFigures {
  std::uint64_t growing = 0;
  std::uint64_t shrinking = 0;
  std::uint64_t same = 0;          // to the size that the block has
  std::uint64_t of_null = 0;       // realloc(NULL, n)
  std::uint64_t to_zero = 0;       // realloc(p, 0)
  std::uint64_t most_of_one = 0;   // of one block, in one life
  std::uint64_t copied_bytes = 0;  // if every growing realloc moved its block
};

// The share of the heap that payload can be at best, when every block costs its header and is rounded up to
// the alignment: no allocator with such blocks is above it, however clever.
struct RoundingBound {
  std::uint32_t header_bytes = 0;
  std::uint32_t alignment = 0;
  double utilization = 0;  // 0..1
};

inline constexpr std::array<std::uint32_t, 4> kBoundHeaders{0, 4, 8, 16};
inline constexpr std::array<std::uint32_t, 2> kBoundAlignments{8, 16};

struct TraceAnalysis {
  std::array<std::uint64_t, 7> by_op{};  // indexed by Op
  std::uint64_t allocations = 0;         // blocks that came to life
  std::uint64_t never_freed = 0;         // of them, nor gone with a kInit
  std::uint64_t beyond_limit = 0;        // requests for more than the limit, taken to be refused
  std::uint64_t requested_bytes = 0;     // all payloads together, at most 2^64 - 1
  std::uint64_t largest_bytes = 0;       // payload
  PayloadPeak peak;
  std::uint64_t most_blocks = 0;    // live at once
  std::vector<LiveSample> samples;  // at most 256, evenly spread, the last request included
  Histogram sizes{};                // of payloads asked for, reallocs included
  Histogram lifetimes{};            // in requests, from the one that made a block to the one that freed it
  ResizeFigures resizes;
  std::array<RoundingBound, 8> bounds{};  // for each alignment, for each header
};

// A request for more than `largest_grantable_bytes` is taken to be refused: it changes nothing.
TraceAnalysis analyse(const Trace& trace, std::uint64_t largest_grantable_bytes = UINT64_MAX);

}  // namespace heapjudge
