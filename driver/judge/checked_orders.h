// The orders of a trace's requests that are timed, each with what it was answered when it was checked.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "judge/examine.h"
#include "trace/trace.h"

namespace heapjudge {

// A trace is timed as it stands and in the orders of the seeds 1 .. kOtherOrders.
inline constexpr std::uint64_t kOtherOrders = 2;

// The trace itself first; answers as in ReplayResult::offsets. Orders are made again from their seeds when they are
// needed: they are larger than their answers.
struct CheckedOrders {
  struct Order {
    std::uint64_t seed = 0;  // of reordered(); 0: the trace as it stands
    std::vector<std::uint64_t> answers;
  };
  std::vector<Order> orders;

  // An order in which the trace does not pass; it is not among the orders.
  struct Unsound {
    std::uint64_t seed = 0;
    Finding finding;
  };
  std::optional<Unsound> unsound;
};

Trace in_order(const Trace& trace, std::uint64_t seed);

// `answers` are those of the trace's own checked replay. Orders that are the trace's own once more are left out.
CheckedOrders check_orders(const Trace& trace, std::vector<std::uint64_t> answers, const SubjectFactory& start,
                           const ExamineSettings& settings);

}  // namespace heapjudge
