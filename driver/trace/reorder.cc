#include "trace/reorder.h"

#include <utility>
#include <vector>

#include "trace/random.h"

namespace heapjudge {

namespace {

constexpr std::uint64_t kFarthest = 3;  // positions that a request moves forward at once

struct Entry {
  Request request;
  std::uint32_t line;
};

// True when `later` may come before `earlier`, which it follows. What is resized may have become smaller, so nothing
// that asks for memory comes before it.
bool may_overtake(const Request& later, const Request& earlier) {
  const auto is_fixed = [](const Request& r) { return r.op == Op::kInit || r.op == Op::kRefuse; };
  if (is_fixed(later) || is_fixed(earlier) || later.block == earlier.block) return false;
  return later.op == Op::kFree || (earlier.op != Op::kFree && earlier.op != Op::kRealloc);
}

void move_forward(std::vector<Entry>& entries, std::size_t from, std::uint64_t positions) {
  for (std::size_t i = from; positions > 0 && i > 0; --i, --positions) {
    if (!may_overtake(entries[i].request, entries[i - 1].request)) return;
    std::swap(entries[i], entries[i - 1]);
  }
}

}  // namespace

Trace reordered(const Trace& trace, std::uint64_t seed) {
  std::vector<Entry> entries;
  entries.reserve(trace.requests().size());
  for (const Request& request : trace.requests()) {
    entries.push_back({request, static_cast<std::uint32_t>(trace.line_of(entries.size()))});
  }
  Random random(seed);
  for (std::size_t i = 1; i < entries.size(); ++i) move_forward(entries, i, random.below(kFarthest + 1));
  std::vector<Request> requests;
  std::vector<std::uint32_t> lines;
  for (const Entry& entry : entries) {
    requests.push_back(entry.request);
    lines.push_back(entry.line);
  }
  return Trace(trace.name(), trace.header(), trace.block_count(), std::move(requests), std::move(lines));
}

}  // namespace heapjudge
