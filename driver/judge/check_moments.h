// When a replay stops to look at what takes time in proportion to the heap.
#pragma once

#include <algorithm>
#include <cstddef>

namespace heapjudge {

// After mm_init and each request of a short replay; a thousand times in a longer one, and at its end. So that many looks
// at a heap of many blocks end in bounded time; the first request after which something shows is found by narrowing.
class CheckMoments {
 public:
  explicit CheckMoments(std::size_t requests)
      : requests_(requests), stride_(std::max<std::size_t>(1, (requests + kMost - 1) / kMost)) {}

  // After so many requests: 0 is right after mm_init.
  bool is_due(std::size_t answered) const { return answered % stride_ == 0 || answered == requests_; }

  // How many more requests there may be, at most, until it is.
  std::size_t room_after(std::size_t answered) const { return stride_ - answered % stride_; }

 private:
  static constexpr std::size_t kMost = 1000;

  std::size_t requests_;
  std::size_t stride_;
};

}  // namespace heapjudge
