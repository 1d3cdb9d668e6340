#include "fuzz/waste.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "fuzz/live_count.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kTakenAtOnce = 64u << 10;

// What an allocator may keep for itself of a heap in which nothing is live.
std::uint64_t spare_of(std::uint64_t heap_bytes) { return std::max(heap_bytes / 4, kOwnTables); }

// Sizes of a kind that is drawn first.
class Sizes {
 public:
  explicit Sizes(Random& random) : random_(random), kind_(random.below(3)), small_(random.between(16, 400)) {}

  std::uint64_t next() {
    if (kind_ == 0) return small_;
    if (kind_ == 1) return random_.one_in(2) ? small_ : 4 * small_;
    return random_.between(16, 4 * small_);
  }

 private:
  Random& random_;
  std::uint64_t kind_;
  std::uint64_t small_;
};

std::vector<BlockId> order_of_frees(Random& random, std::uint32_t blocks) {
  std::vector<BlockId> order(blocks);
  std::iota(order.begin(), order.end(), BlockId{0});
  const std::uint64_t kind = random.below(4);
  if (kind == 1) std::ranges::reverse(order);
  if (kind == 2) std::stable_partition(order.begin(), order.end(), [](BlockId block) { return block % 2 == 0; });
  if (kind == 3) random.shuffle(order);
  return order;
}

}  // namespace

std::optional<WastefulTrace> larger_than_reference(const Trace& trace, HeapMeter& submission, HeapMeter& reference,
                                                   const WasteRules& rules) {
  const auto own = submission.measure(trace);
  const auto other = own ? reference.measure(trace) : std::nullopt;
  if (!other) return std::nullopt;
  const double allowed = rules.times * static_cast<double>(other->heap_bytes) + static_cast<double>(kTakenAtOnce);
  if (static_cast<double>(own->heap_bytes) <= allowed) return std::nullopt;
  return WastefulTrace{.waste = Waste::kHeapTooLarge,
                       .requests = trace.requests().size(),
                       .heap_bytes = own->heap_bytes,
                       .other_bytes = other->heap_bytes,
                       .payload_bytes = own->peak_payload_bytes};
}

std::optional<WastefulTrace> grows_when_all_is_free(const Trace& trace, HeapMeter& submission) {
  const auto requests = trace.requests();
  if (requests.empty() || requests.back().op != Op::kMalloc) return std::nullopt;
  LiveCount live(trace.block_count());
  live.apply_all(requests.first(requests.size() - 1));
  if (live.count() != 0) return std::nullopt;
  const auto before = submission.measure(trace.prefix(requests.size() - 1));
  if (!before) return std::nullopt;
  const std::uint64_t asked = requests.back().size;
  const std::uint64_t spare = spare_of(before->heap_bytes);
  if (before->heap_bytes < spare || asked > before->heap_bytes - spare) return std::nullopt;
  const auto after = submission.measure(trace);
  if (!after || after->heap_bytes <= before->heap_bytes) return std::nullopt;
  return WastefulTrace{.waste = Waste::kNotCoalesced,
                       .requests = requests.size(),
                       .heap_bytes = after->heap_bytes,
                       .other_bytes = before->heap_bytes,
                       .payload_bytes = asked};
}

Trace fill_and_free_all(Random& random) {
  const std::uint64_t wanted = random.between(24u << 10, 64u << 10);
  Sizes sizes(random);
  std::vector<Request> requests;
  std::uint32_t blocks = 0;
  for (std::uint64_t bytes = 0; bytes < wanted; bytes += requests.back().size) {
    requests.push_back({.size = sizes.next(), .block = blocks++, .op = Op::kMalloc});
  }
  for (const BlockId block : order_of_frees(random, blocks)) requests.push_back({.block = block, .op = Op::kFree});
  return Trace("waste", {}, blocks, std::move(requests));
}

Trace with_large_request(const Trace& trace, std::uint64_t heap_bytes) {
  std::vector<Request> requests(trace.requests().begin(), trace.requests().end());
  const std::uint64_t asked = (heap_bytes - spare_of(heap_bytes)) & ~std::uint64_t{15};
  requests.push_back({.size = asked, .block = trace.block_count(), .op = Op::kMalloc});
  return Trace(trace.name(), trace.header(), trace.block_count() + 1, std::move(requests));
}

}  // namespace heapjudge
