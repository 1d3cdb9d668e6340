#include "fuzz/reuse.h"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "fuzz/live_count.h"
#include "fuzz/waste.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kPinBytes = 16;
constexpr std::size_t kRounds = 64;
constexpr std::uint64_t kFilled = 48u << 10;
constexpr std::uint64_t kTakenAtOnce = 16u << 10;

using Requests = std::vector<Request>;

std::uint64_t heap_of(const Trace& trace, HeapMeter& submission) {
  const auto profile = submission.measure(trace);
  return profile ? profile->heap_bytes : 0;
}

Request malloc_of(std::uint64_t size, BlockId block) { return {.size = size, .block = block, .op = Op::kMalloc}; }
Request free_of(BlockId block) { return {.block = block, .op = Op::kFree}; }

// Evenly by the logarithm.
std::uint64_t any_size(Random& random) { return random.between(6, 11) * (std::uint64_t{16} << random.below(5)); }

// The parts of a trace between which nothing but the first block is live, that block's malloc left out. None where its
// first request is something else, or frees come to it.
std::vector<std::span<const Request>> parts_of(const Trace& trace) {
  const auto requests = trace.requests();
  std::vector<std::span<const Request>> parts;
  if (requests.empty() || requests.front().op != Op::kMalloc) return parts;
  LiveCount live(trace.block_count());
  std::size_t first = 1;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    live.apply(requests[i], requests.first(i));
    if (!live.is_live(requests.front().block)) return {};
    if (live.count() != 1 || i < first) continue;
    parts.push_back(requests.subspan(first, i + 1 - first));
    first = i + 1;
  }
  return parts;
}

}  // namespace

Trace in_rounds(const Trace& round, std::size_t rounds) {
  const BlockId pin = round.block_count();
  Requests requests{malloc_of(kPinBytes, pin)};
  LiveCount live(round.block_count());
  live.apply_all(round.requests());
  Requests one(round.requests().begin(), round.requests().end());
  for (BlockId block = 0; block < round.block_count(); ++block) {
    if (live.is_live(block)) one.push_back(free_of(block));
  }
  for (std::size_t i = 0; i < rounds; ++i) requests.insert(requests.end(), one.begin(), one.end());
  return Trace(round.name(), round.header(), pin + 1, std::move(requests));
}

std::optional<WastefulTrace> loses_by_the_round(const Trace& round, HeapMeter& submission) {
  const auto requests = round.requests();
  const auto begins_afresh = [](const Request& request) { return request.op == Op::kInit || request.op == Op::kRefuse; };
  if (requests.empty() || requests.size() > kLongestRound || std::ranges::any_of(requests, begins_afresh)) return std::nullopt;
  const std::uint64_t one = heap_of(in_rounds(round, kRounds), submission);
  const std::uint64_t two = one != 0 ? heap_of(in_rounds(round, 2 * kRounds), submission) : 0;
  if (two <= one) return std::nullopt;
  const Trace four = in_rounds(round, 4 * kRounds);
  const auto profile = submission.measure(four);
  if (!profile || 2 * (profile->heap_bytes - std::min(profile->heap_bytes, two)) < 3 * (two - one)) return std::nullopt;
  return WastefulTrace{.waste = Waste::kLost,
                       .requests = requests.size(),
                       .heap_bytes = profile->heap_bytes,
                       .other_bytes = one,
                       .payload_bytes = profile->peak_payload_bytes,
                       .rounds = 4 * kRounds};
}

Trace one_size_after_the_other(Random& random) {
  constexpr std::size_t kSizes = 12;
  Requests requests{malloc_of(kPinBytes, 0)};
  std::uint32_t blocks = 1;
  for (std::size_t i = 0; i < kSizes; ++i) {
    const std::uint64_t size = any_size(random);
    std::vector<BlockId> order;
    for (std::uint64_t bytes = 0; bytes < kFilled; bytes += size) {
      order.push_back(blocks);
      requests.push_back(malloc_of(size, blocks++));
    }
    if (random.one_in(2)) random.shuffle(order);
    if (random.one_in(2)) std::ranges::reverse(order);
    for (const BlockId block : order) requests.push_back(free_of(block));
  }
  return Trace("waste", {}, blocks, std::move(requests));
}

std::optional<WastefulTrace> keeps_for_a_size(const Trace& trace, HeapMeter& submission) {
  const auto parts = parts_of(trace);
  if (parts.size() < 2) return std::nullopt;
  const auto whole = submission.measure(trace);
  if (!whole) return std::nullopt;
  std::uint64_t most = 0;
  for (const std::span<const Request> part : parts) {
    Requests alone{trace.requests().front()};
    alone.insert(alone.end(), part.begin(), part.end());
    const std::uint64_t heap = heap_of(Trace(trace.name(), trace.header(), trace.block_count(), std::move(alone)), submission);
    if (heap == 0) return std::nullopt;
    most = std::max(most, heap);
    if (whole->heap_bytes <= most + most / 2 + kTakenAtOnce) return std::nullopt;
  }
  return WastefulTrace{.waste = Waste::kKeptForASize,
                       .requests = trace.requests().size(),
                       .heap_bytes = whole->heap_bytes,
                       .other_bytes = most,
                       .payload_bytes = whole->peak_payload_bytes,
                       .rounds = parts.size()};
}

Trace comb_and_refill(Random& random) {
  const std::uint64_t kinds = random.between(1, 3);
  std::uint64_t sizes[3];
  for (std::uint64_t& size : sizes) size = any_size(random);
  std::vector<std::uint64_t> asked;
  for (std::uint64_t bytes = 0; bytes < 2 * kFilled; bytes += asked.back()) asked.push_back(sizes[random.below(kinds)]);
  Requests requests;
  for (const std::uint64_t size : asked) requests.push_back(malloc_of(size, static_cast<BlockId>(requests.size())));
  std::vector<BlockId> freed;
  const std::uint64_t every = random.between(2, 3);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (i % every != 0 || random.one_in(8)) freed.push_back(static_cast<BlockId>(i));
  }
  const std::uint64_t order = random.below(3);
  if (order == 1) std::ranges::reverse(freed);
  if (order == 2) random.shuffle(freed);
  std::vector<std::uint64_t> again;
  for (const BlockId block : freed) {
    requests.push_back(free_of(block));
    again.push_back(asked[block] - asked[block] / 8);
  }
  std::ranges::sort(again, std::greater());
  auto blocks = static_cast<std::uint32_t>(asked.size());
  for (const std::uint64_t size : again) requests.push_back(malloc_of(size, blocks++));
  return Trace("waste", {}, blocks, std::move(requests));
}

std::optional<WastefulTrace> does_not_refill(const Trace& trace, HeapMeter& submission) {
  const auto requests = trace.requests();
  const auto is_malloc = [](const Request& request) { return request.op == Op::kMalloc; };
  const auto is_free = [](const Request& request) { return request.op == Op::kFree && request.block != kNoBlock; };
  const auto first_free = std::ranges::find_if_not(requests, is_malloc);
  const auto refill = std::find_if_not(first_free, requests.end(), is_free);
  if (refill == requests.end() || !std::all_of(refill, requests.end(), is_malloc)) return std::nullopt;
  std::vector<std::uint64_t> size_of(trace.block_count());
  for (const Request& request : std::span(requests.begin(), first_free)) size_of[request.block] = request.size;
  std::vector<std::uint64_t> freed;
  for (const Request& request : std::span(first_free, refill)) freed.push_back(size_of[request.block]);
  std::ranges::sort(freed, std::greater());
  const std::span asked(refill, requests.end());
  if (asked.size() > freed.size() || !std::ranges::is_sorted(asked, std::greater(), &Request::size)) return std::nullopt;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i].size + freed[i] / 8 > freed[i]) return std::nullopt;
  }
  const std::uint64_t before = heap_of(trace.prefix(static_cast<std::size_t>(refill - requests.begin())), submission);
  const auto after = before != 0 ? submission.measure(trace) : std::nullopt;
  if (!after || after->heap_bytes <= before + std::max(before / 8, kOwnTables)) return std::nullopt;
  return WastefulTrace{.waste = Waste::kNotRefilled,
                       .requests = requests.size(),
                       .heap_bytes = after->heap_bytes,
                       .other_bytes = before,
                       .payload_bytes = after->peak_payload_bytes,
                       .rounds = asked.size()};
}

}  // namespace heapjudge
