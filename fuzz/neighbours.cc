#include "fuzz/neighbours.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <utility>

#include "fuzz/lifetimes.h"

namespace heapjudge {
namespace {

constexpr std::array<std::int64_t, 4> kSteps{-16, -8, 8, 16};  // in which blocks grow
constexpr std::uint64_t kLargeSize = 100'000;  // is not asked for once more
constexpr std::size_t kMostRequests = 64;  // of a trace that is small enough

std::set<std::uint64_t> sizes_in(const Lifetimes& requests) {
  std::set<std::uint64_t> sizes;
  for (const LifeRequest& life : requests) {
    const std::uint64_t bytes = payload_bytes(life.request);
    if (asks_for_block(life.request.op) && bytes > 0 && bytes <= kLargeSize) sizes.insert(bytes);
  }
  return sizes;
}

}  // namespace

// What a bug has damaged is met by another request, or by the same one after another has met it.
std::vector<Trace> neighbours_of(const Trace& trace) {
  const Lifetimes requests = lifetimes_of(trace);
  if (requests.empty() || requests.size() > kMostRequests) return {};
  std::vector<Trace> neighbours;
  const auto add = [&](const Lifetimes& changed) {
    neighbours.push_back(trace_of(repaired(changed), trace.name(), trace.header()));
  };
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Request& request = requests[i].request;
    const bool has_plain_size = asks_for_block(request.op) && request.op != Op::kCalloc && request.size > 0;
    for (const std::int64_t step : kSteps) {
      const std::uint64_t size = request.size + static_cast<std::uint64_t>(step);
      if (!has_plain_size || size == 0 || (step < 0) != (size < request.size)) continue;
      Lifetimes changed = requests;
      changed[i].request.size = size;
      add(changed);
    }
  }
  for (const std::uint64_t size : sizes_in(requests)) {
    Lifetimes changed = requests;
    changed.insert(changed.end() - 1, {.request = {.size = size, .block = unused_id(requests)}, .is_birth = true});
    add(changed);
  }
  return neighbours;
}

}  // namespace heapjudge
