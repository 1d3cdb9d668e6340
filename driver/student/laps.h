// How long the requests of a replay take, one by one: for pictures, never for marks, because this clock is read beside the
// submission.
#pragma once

#include <cstdint>

#include "wire/ticks.h"

namespace heapjudge {

// Of a replay that is not clocked: nothing is left of it in the loop.
struct NoLaps {
  void start() {}
  void end(std::uint64_t) {}
};

// Those of the last pass stay. What does not fit is the most that does.
class Laps {
 public:
  explicit Laps(std::uint32_t* ticks) : ticks_(ticks) {}

  void start() { started_ = ticks_now(); }

  void end(std::uint64_t request) {
    const std::uint64_t taken = ticks_now() - started_;
    ticks_[request] = taken < UINT32_MAX ? static_cast<std::uint32_t>(taken) : UINT32_MAX;
  }

 private:
  std::uint32_t* ticks_;
  std::uint64_t started_ = 0;
};

}  // namespace heapjudge
