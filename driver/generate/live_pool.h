// The live blocks of a stream, and which of them goes next.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "generate/spec.h"
#include "trace/request.h"

namespace heapjudge {

// Every operation takes constant time, but with timed lifetimes, where it takes logarithmic time.
class LivePool {
 public:
  explicit LivePool(const Stream& stream)
      : lifetimes_(stream.lifetimes),
        nursery_(stream.nursery),
        survivors_(stream.survivors),
        ages_(stream.ages) {}

  std::size_t size() const { return blocks_.size() - head_ + young_.size() + timed_.size(); }

  void add(BlockId block, Random& random);

  BlockId any(Random& random) const;  // a live block at random; size() > 0
  BlockId take(Random& random);       // the one to free; size() > 0

  // With timed lifetimes: the time of some block has come.
  bool is_due() const { return !timed_.empty() && timed_.front().first <= clock_; }

 private:
  using Death = std::pair<std::uint64_t, BlockId>;

  static BlockId take_any(std::vector<BlockId>& from, Random& random);
  BlockId take_oldest();

  Lifetimes lifetimes_;
  std::size_t nursery_;
  Chance survivors_;
  Distribution ages_;
  std::vector<BlockId> blocks_;  // from head_ on
  std::size_t head_ = 0;
  std::vector<BlockId> young_;  // generational only
  std::vector<Death> timed_;    // timed only; a heap, the next to go in front
  std::uint64_t clock_ = 0;     // allocations so far
};

}  // namespace heapjudge
