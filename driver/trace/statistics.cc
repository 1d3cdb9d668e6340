// What a trace asks for.
#include "trace/statistics.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace heapjudge {
namespace {

// Wide enough for the largest size in every block, so that what is added can be taken away again.
using WideBytes = unsigned __int128;

std::uint64_t clamped(WideBytes bytes) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  return bytes < kMost ? static_cast<std::uint64_t>(bytes) : kMost;
}

}  // namespace

PayloadPeak payload_peak(const Trace& trace, std::uint64_t largest_grantable_bytes) {
  std::vector<std::uint64_t> sizes(trace.block_count(), 0);
  std::vector<BlockId> touched;  // since the last kInit, which empties them
  WideBytes live = 0;
  PayloadPeak peak;
  const std::span<const Request> requests = trace.requests();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Request& request = requests[i];
    if (request.op == Op::kInit) {
      for (const BlockId block : touched) sizes[block] = 0;
      touched.clear();
      live = 0;
    }
    if (request.block == kNoBlock) continue;
    const std::uint64_t size = payload_bytes(request);  // 0 for kFree
    if (size > largest_grantable_bytes) continue;
    live -= sizes[request.block];
    sizes[request.block] = size;
    live += sizes[request.block];
    touched.push_back(request.block);
    if (clamped(live) > peak.bytes) peak = {.bytes = clamped(live), .request = i + 1};
  }
  return peak;
}

bool uses(const Trace& trace, Op op) {
  return std::ranges::any_of(trace.requests(), [op](const Request& request) { return request.op == op; });
}

}  // namespace heapjudge
