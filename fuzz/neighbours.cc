#include "fuzz/neighbours.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <utility>

namespace heapjudge {
namespace {

constexpr std::size_t kFewLast = 2;          // of more, those that are changed
constexpr std::size_t kMostBlocks = 8;       // that ends are about
constexpr std::uint64_t kLargeSize = 100'000;  // is not asked for once more
constexpr std::size_t kMostSizes = 24;         // that ends ask for
constexpr std::uint64_t kPageSize = 4096;
constexpr std::array<std::uint8_t, 2> kAlignments{4, 6};       // as powers of two
constexpr std::array<std::int64_t, 4> kSteps{-16, -8, 8, 16};  // in which blocks grow

struct LiveBlock {
  BlockId block;
  std::uint64_t size;
};

class Around {
 public:
  Around(const Lifetimes& requests, const OfferedFunctions& offered) : requests_(requests), offered_(offered) {}

  std::vector<Neighbour> all() {
    const bool is_short = requests_.size() <= kMostLookedAround;
    for (std::size_t i = 0; is_short && i < requests_.size(); ++i) {
      leave_out(i);
      ask_for_other_size(i);
    }
    for (std::size_t i = is_short ? 0 : requests_.size() - kFewLast; i < requests_.size(); ++i) ask_otherwise(i);
    end_otherwise();
    return std::move(all_);
  }

 private:
  void leave_out(std::size_t index);
  void ask_otherwise(std::size_t index);
  void ask_for_other_size(std::size_t index);
  void put(std::size_t index, Request request, Change change = Change::kOtherFunction);
  void born_anew(std::size_t index);
  void end_otherwise();
  void end_with(Change change, std::vector<Request> end);
  void end_with_asking();
  void end_with_resizing(const LiveBlock& live);
  std::vector<LiveBlock> live_before_end() const;
  Request malloc_of(std::uint64_t size) const {
    return {.size = std::max<std::uint64_t>(size, 1), .block = unused_id(requests_)};
  }

  const Lifetimes& requests_;
  OfferedFunctions offered_;
  std::vector<Neighbour> all_;
};

void Around::leave_out(std::size_t index) {
  Neighbour fewer{Change::kFewer, requests_, index};
  fewer.requests.erase(fewer.requests.begin() + static_cast<std::ptrdiff_t>(index));
  all_.push_back(std::move(fewer));
}

void Around::put(std::size_t index, Request request, Change change) {
  Neighbour changed{change, requests_, std::nullopt};
  changed.requests[index].request = request;
  all_.push_back(std::move(changed));
}

void Around::ask_for_other_size(std::size_t index) {
  Request request = requests_[index].request;
  const std::uint64_t size = request.size;
  if (!asks_for_block(request.op) || request.op == Op::kCalloc || size == 0) return;
  for (const std::int64_t step : kSteps) {
    request.size = size + static_cast<std::uint64_t>(step);
    if (request.size != 0 && (step < 0) == (request.size < size)) put(index, request, Change::kOtherSize);
  }
}

// A new block in the place of one that is resized.
void Around::born_anew(std::size_t index) {
  Neighbour changed{Change::kOtherFunction, requests_, std::nullopt};
  const Request& resized = requests_[index].request;
  const BlockId block = unused_id(requests_);
  changed.requests[index] = {.request = {.size = resized.size, .block = block}, .is_birth = true};
  for (LifeRequest& life : std::span(changed.requests).subspan(index + 1)) {
    if (life.request.block == resized.block) life.request.block = block;
  }
  all_.push_back(std::move(changed));
}

void Around::ask_otherwise(std::size_t index) {
  const auto& [request, is_birth] = requests_[index];
  const bool is_free = request.op == Op::kFree && request.block != kNoBlock;
  if (is_free && offered_.realloc) put(index, {.block = request.block, .op = Op::kRealloc});
  if (!asks_for_block(request.op)) return;
  const std::uint64_t size = payload_bytes(request);
  if (!is_birth) return size == 0 ? put(index, {.block = request.block, .op = Op::kFree}) : born_anew(index);
  if (request.op != Op::kMalloc || size == 0) put(index, {.size = std::max<std::uint64_t>(size, 1), .block = request.block});
  if (size > kLargeSize) return;
  if (request.op != Op::kRealloc && offered_.realloc) put(index, {.size = size, .block = request.block, .op = Op::kRealloc});
  if (request.op != Op::kCalloc && offered_.calloc) {
    put(index, {.size = size, .block = request.block, .op = Op::kCalloc, .count = 1});
  }
  if (size == 0 || !offered_.aligned) return;
  for (const std::uint8_t alignment : kAlignments) {
    if (request.op == Op::kAligned && request.alignment_log2 == alignment) continue;
    put(index, {.size = size, .block = request.block, .op = Op::kAligned, .alignment_log2 = alignment});
  }
}

// Of many, the last ones.
std::vector<LiveBlock> Around::live_before_end() const {
  std::vector<LiveBlock> live;
  for (const LifeRequest& life : std::span(requests_).first(requests_.size() - 1)) {
    const Request& request = life.request;
    if (request.op == Op::kInit) live.clear();
    if (request.block == kNoBlock) continue;
    std::erase_if(live, [&](const LiveBlock& one) { return one.block == request.block; });
    if (asks_for_block(request.op)) live.push_back({request.block, payload_bytes(request)});
  }
  if (live.size() > kMostBlocks) live.erase(live.begin(), live.end() - kMostBlocks);
  return live;
}

void Around::end_with(Change change, std::vector<Request> end) {
  Neighbour changed{change, requests_, requests_.size() - 1};
  changed.requests.pop_back();
  for (const Request& request : end) {
    changed.requests.push_back({.request = request, .is_birth = request.op == Op::kMalloc});
  }
  all_.push_back(std::move(changed));
}

void Around::end_with_resizing(const LiveBlock& live) {
  for (const std::uint64_t size : {std::uint64_t{1}, live.size + 16, live.size + 64, 2 * live.size + 128}) {
    end_with(Change::kResized, {{.size = size, .block = live.block, .op = Op::kRealloc}});
  }
}

void Around::end_with_asking() {
  std::set<std::uint64_t> sizes{1, kPageSize};
  for (const LifeRequest& life : requests_) {
    const std::uint64_t size = payload_bytes(life.request);
    if (!asks_for_block(life.request.op) || size == 0 || size > kLargeSize || sizes.size() >= kMostSizes) continue;
    sizes.insert({size, size + 16, std::max<std::uint64_t>(size, 17) - 16});
  }
  for (const std::uint64_t size : sizes) {
    const Request first = malloc_of(size);
    Request second = first;
    ++second.block;
    end_with(Change::kAsked, {first});
    end_with(Change::kAskedTwice, {first, second});
  }
}

void Around::end_otherwise() {
  end_with_asking();
  std::vector<Request> frees;
  for (const LiveBlock& live : live_before_end()) {
    const Request free{.block = live.block, .op = Op::kFree};
    frees.push_back(free);
    end_with(Change::kFreed, {free});
    if (live.size > kLargeSize) continue;
    end_with(Change::kFreedAndAsked, {free, malloc_of(live.size)});
    if (offered_.realloc) end_with_resizing(live);
  }
  for (int order = 0; order < 2; ++order) {
    end_with(Change::kAllFreed, frees);
    frees.push_back(malloc_of(1));
    end_with(Change::kAllFreed, frees);
    frees.pop_back();
    std::ranges::reverse(frees);
  }
}

}  // namespace

std::vector<Neighbour> neighbours_of(const Lifetimes& requests, const OfferedFunctions& offered) {
  return requests.empty() ? std::vector<Neighbour>{} : Around(requests, offered).all();
}

}  // namespace heapjudge
