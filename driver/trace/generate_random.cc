// Random traces of every tier, and all small ones.
#include <array>
#include <vector>

#include "trace/generate.h"
#include "trace/live_blocks.h"
#include "trace/random.h"

namespace heapjudge {
namespace {

// Adds one request after the other, each well-formed where it stands.
class RandomRequests {
 public:
  RandomRequests(std::uint64_t seed, const TraceMix& mix) : random_(seed), mix_(mix), live_(mix.blocks) {}

  std::vector<Request> take(std::size_t count) {
    while (requests_.size() < count) {
      const Request request = next();
      live_.apply(request, requests_);
      requests_.push_back(request);
    }
    return std::move(requests_);
  }

 private:
  Request next() {
    if (mix_.odd_cases && random_.one_in(64)) return {.op = Op::kInit};
    if (mix_.odd_cases && random_.one_in(16)) return {.op = Op::kFree};
    if (mix_.refusals && random_.one_in(24)) return {.size = random_.below(4), .op = Op::kRefuse};
    const auto block = static_cast<BlockId>(random_.below(mix_.blocks));
    switch (live_.state_of(block)) {
      case BlockState::kDead:
        return make(block);
      case BlockState::kLive:
        return change(block);
      case BlockState::kEither:
        break;
    }
    return random_.one_in(2) ? make(block) : change(block);
  }

  Request make(BlockId block) {
    if (mix_.extremes && random_.one_in(8)) {
      return {.size = size(),
              .block = block,
              .op = Op::kAligned,
              .alignment_log2 = static_cast<std::uint8_t>(random_.between(3, 12))};
    }
    if (mix_.odd_cases && random_.one_in(6)) return {.size = size(), .block = block, .op = Op::kRealloc};
    if (mix_.odd_cases && random_.one_in(6)) return cleared(block);
    return {.size = size(), .block = block, .op = Op::kMalloc};
  }

  Request change(BlockId block) {
    if (random_.one_in(3)) return {.size = size(), .block = block, .op = Op::kRealloc};
    return {.block = block, .op = Op::kFree};
  }

  Request cleared(BlockId block) {
    const auto count = static_cast<std::uint16_t>(random_.between(random_.one_in(8) ? 0 : 1, 16));
    const std::uint64_t all = size();
    const std::uint64_t each = all <= mix_.largest_bytes ? all / 8 : all;
    return {.size = each, .block = block, .op = Op::kCalloc, .count = count};
  }

  std::uint64_t size() {
    if (mix_.odd_cases && random_.one_in(12)) return 0;
    if (mix_.extremes && random_.one_in(12)) return huge_size();
    return random_.between(1, mix_.largest_bytes);
  }

  // Around the powers where sizes are cut off, wrap around or turn negative.
  std::uint64_t huge_size() {
    constexpr std::array<std::uint64_t, 4> kEdges{0, std::uint64_t{1} << 63, std::uint64_t{1} << 47,
                                                  (std::uint64_t{1} << 32) + 64};
    const std::uint64_t edge = kEdges[random_.below(kEdges.size())];
    return edge - random_.between(1, 64);
  }

  Random random_;
  TraceMix mix_;
  LiveBlocks live_;
  std::vector<Request> requests_;
};

// Depth first over what may follow; blocks are numbered as they come.
class SmallTraces {
 public:
  SmallTraces(std::size_t max_requests, std::span<const std::uint64_t> sizes,
              const std::function<void(const Trace&)>& visit)
      : max_requests_(max_requests), sizes_(sizes), visit_(visit) {}

  void extend() {
    if (requests_.size() == max_requests_) return;
    for (const std::uint64_t size : sizes_) {
      live_.push_back(true);
      follow({.size = size, .block = static_cast<BlockId>(live_.size() - 1)});
      live_.pop_back();
    }
    for (BlockId block = 0; block < live_.size(); ++block) {
      if (!live_[block]) continue;
      for (const std::uint64_t size : sizes_) follow({.size = size, .block = block, .op = Op::kRealloc});
      live_[block] = false;
      follow({.block = block, .op = Op::kFree});
      live_[block] = true;
    }
  }

 private:
  void follow(const Request& request) {
    requests_.push_back(request);
    visit_(Trace("small", {}, static_cast<std::uint32_t>(live_.size()), requests_));
    extend();
    requests_.pop_back();
  }

  std::size_t max_requests_;
  std::span<const std::uint64_t> sizes_;
  const std::function<void(const Trace&)>& visit_;
  std::vector<Request> requests_;
  std::vector<bool> live_;
};

}  // namespace

Trace random_trace(std::uint64_t seed, std::size_t requests, const TraceMix& mix) {
  return Trace("random-" + std::to_string(seed), {}, mix.blocks, RandomRequests(seed, mix).take(requests));
}

void for_each_small_trace(std::size_t max_requests, std::span<const std::uint64_t> sizes,
                          const std::function<void(const Trace&)>& visit) {
  SmallTraces(max_requests, sizes, visit).extend();
}

}  // namespace heapjudge
