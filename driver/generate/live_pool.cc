// Which block goes next.
#include "generate/live_pool.h"

#include <functional>

namespace heapjudge {
namespace {

constexpr std::size_t kWorthMoving = 4096;

}  // namespace

void LivePool::add(BlockId block, Random& random) {
  ++clock_;
  switch (lifetimes_) {
    case Lifetimes::kRandom:
    case Lifetimes::kStack:
    case Lifetimes::kQueue:
      blocks_.push_back(block);
      break;
    case Lifetimes::kGenerational:
      young_.push_back(block);
      if (young_.size() > nursery_) blocks_.push_back(take_any(young_, random));
      break;
    case Lifetimes::kTimed:
      timed_.emplace_back(clock_ + ages_.draw(random), block);
      std::ranges::push_heap(timed_, std::greater<>());
      break;
  }
}

BlockId LivePool::any(Random& random) const {
  const std::size_t index = random.below(size());
  if (lifetimes_ == Lifetimes::kTimed) return timed_[index].second;
  const std::size_t old = blocks_.size() - head_;
  return index < old ? blocks_[head_ + index] : young_[index - old];
}

BlockId LivePool::take_any(std::vector<BlockId>& from, Random& random) {
  std::swap(from[random.below(from.size())], from.back());
  const BlockId block = from.back();
  from.pop_back();
  return block;
}

BlockId LivePool::take_oldest() {
  const BlockId block = blocks_[head_++];
  if (head_ >= kWorthMoving && 2 * head_ >= blocks_.size()) {
    blocks_.erase(blocks_.begin(), blocks_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
  }
  return block;
}

BlockId LivePool::take(Random& random) {
  switch (lifetimes_) {
    case Lifetimes::kRandom:
      return take_any(blocks_, random);
    case Lifetimes::kStack:
      break;
    case Lifetimes::kQueue:
      return take_oldest();
    case Lifetimes::kGenerational: {
      const bool an_old_one = young_.empty() || (!blocks_.empty() && survivors_.happens(random));
      return take_any(an_old_one ? blocks_ : young_, random);
    }
    case Lifetimes::kTimed: {
      std::ranges::pop_heap(timed_, std::greater<>());
      const BlockId due = timed_.back().second;
      timed_.pop_back();
      return due;
    }
  }
  const BlockId newest = blocks_.back();
  blocks_.pop_back();
  return newest;
}

}  // namespace heapjudge
