// What measuring the speed of an allocator on a trace gave. Plain data, no policy.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heapjudge {

enum class CostClock : std::uint8_t {
  kCpuTime,       // seconds of CPU time of the student process, read by the judge
  kInstructions,  // instructions executed inside the allocator's functions: the same number on every run
};

// The cost of one replay of the trace, the subject's beside the reference's in the same run. The cost of the replay
// loop itself is not in it.
struct Measurement {
  CostClock clock = CostClock::kCpuTime;
  double speed = 0;           // reference's cost / subject's cost: 2 is twice as fast as the reference
  double speed_low = 0;       // its 95 % interval; where instructions are counted, both are `speed`
  double speed_high = 0;
  std::size_t pairs = 0;      // of subject and reference, measured in turn
  bool steady = true;         // the interval is as narrow as was asked for; a score asks for no single one
  double subject_cost = 0;    // seconds, or instructions
  double reference_cost = 0;

  friend bool operator==(const Measurement&, const Measurement&) = default;
};

}  // namespace heapjudge
