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
constexpr std::size_t kManyRounds = 2048;
constexpr std::uint64_t kPlainlyLost = 2u << 20;
constexpr std::uint64_t kLeastLost = 3 * kRounds * 8;  // in three times kRounds: less than the smallest block each time
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

std::uint64_t least_slack(std::uint64_t freed, Comb comb) { return comb == Comb::kExact ? 0 : freed / 8; }

struct CombPlan {
  std::uint64_t sizes;          // 0: each block has one of its own
  std::uint64_t every;          // one of so many blocks stays
  std::uint64_t joined_one_in;  // one of so many of these is freed, too; 0: none
  bool join_late = false;       // when all others are free
};

CombPlan plan_of(Comb comb, Random& random) {
  switch (comb) {
    case Comb::kFewSizes: return {.sizes = random.between(1, 3), .every = random.between(2, 3), .joined_one_in = 8};
    case Comb::kJoined: return {.sizes = 1, .every = 2, .joined_one_in = 4, .join_late = true};
    case Comb::kManySizes: return {.sizes = 0, .every = 2, .joined_one_in = 6, .join_late = true};
    case Comb::kExact: return {.sizes = 1, .every = 2, .joined_one_in = 0};
  }
  return {};
}

std::vector<std::uint64_t> sizes_of_comb(const CombPlan& plan, Random& random) {
  std::vector<std::uint64_t> few(plan.sizes);
  for (std::uint64_t& size : few) size = any_size(random);
  std::vector<std::uint64_t> sizes;
  for (std::uint64_t bytes = 0; bytes < 2 * kFilled; bytes += sizes.back()) {
    sizes.push_back(few.empty() ? random.between(48, 900) : few[random.below(few.size())]);
  }
  return sizes;
}

// In the order in which they are freed.
std::vector<BlockId> freed_of_comb(const CombPlan& plan, std::size_t blocks, Random& random) {
  std::vector<BlockId> freed, joining;
  for (std::size_t i = 0; i < blocks; ++i) {
    const bool stays = i % plan.every == 0;
    const bool joins = stays && plan.joined_one_in != 0 && random.one_in(plan.joined_one_in);
    if (!stays || joins) (joins && plan.join_late ? joining : freed).push_back(static_cast<BlockId>(i));
  }
  const std::uint64_t order = random.below(3);
  if (order == 1) std::ranges::reverse(freed);
  if (order == 2) random.shuffle(freed);
  freed.insert(freed.end(), joining.begin(), joining.end());
  return freed;
}

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

// Who joins free blocks only when there are many of them grows at first. After four times kRounds the heap took `bytes`,
// and had grown by `grown` in the second half of these.
bool comes_to_rest_later(const Trace& round, std::uint64_t bytes, std::uint64_t grown, HeapMeter& submission) {
  const std::uint64_t many = heap_of(in_rounds(round, kManyRounds), submission);
  constexpr std::uint64_t kHalves = (kManyRounds - 4 * kRounds) / (2 * kRounds);
  return many < bytes + grown * kHalves / 2;
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
  if (!profile || profile->heap_bytes < std::max(one + kLeastLost, two)) return std::nullopt;
  const std::uint64_t grown = profile->heap_bytes - two;
  if (2 * grown < 3 * (two - one)) return std::nullopt;
  const bool is_plain = profile->heap_bytes >= kPlainlyLost;
  if (!is_plain && comes_to_rest_later(round, profile->heap_bytes, grown, submission)) return std::nullopt;
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

Trace comb_and_refill(Random& random, Comb comb) {
  const CombPlan plan = plan_of(comb, random);
  const std::vector<std::uint64_t> asked = sizes_of_comb(plan, random);
  Requests requests;
  for (const std::uint64_t size : asked) requests.push_back(malloc_of(size, static_cast<BlockId>(requests.size())));
  std::vector<std::uint64_t> again;
  for (const BlockId block : freed_of_comb(plan, asked.size(), random)) {
    requests.push_back(free_of(block));
    again.push_back(asked[block] - least_slack(asked[block], comb));
  }
  std::ranges::sort(again, std::greater());
  auto blocks = static_cast<std::uint32_t>(asked.size());
  for (const std::uint64_t size : again) requests.push_back(malloc_of(size, blocks++));
  return Trace("waste", {}, blocks, std::move(requests));
}

std::optional<WastefulTrace> does_not_refill(const Trace& trace, HeapMeter& submission, Comb comb) {
  const auto requests = trace.requests();
  const auto is_malloc = [](const Request& request) { return request.op == Op::kMalloc; };
  const auto is_free = [](const Request& request) { return request.op == Op::kFree && request.block != kNoBlock; };
  const auto first_free = std::ranges::find_if_not(requests, is_malloc);
  const auto again = std::find_if_not(first_free, requests.end(), is_free);
  if (again == requests.end() || !std::all_of(again, requests.end(), is_malloc)) return std::nullopt;
  std::vector<std::uint64_t> size_of(trace.block_count());
  for (const Request& request : std::span(requests.begin(), first_free)) size_of[request.block] = request.size;
  std::vector<std::uint64_t> freed;
  for (const Request& request : std::span(first_free, again)) freed.push_back(size_of[request.block]);
  std::ranges::sort(freed, std::greater());
  const std::span asked(again, requests.end());
  if (asked.size() > freed.size() || !std::ranges::is_sorted(asked, std::greater(), &Request::size)) return std::nullopt;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i].size + least_slack(freed[i], comb) > freed[i]) return std::nullopt;
  }
  const std::uint64_t before = heap_of(trace.prefix(static_cast<std::size_t>(again - requests.begin())), submission);
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
