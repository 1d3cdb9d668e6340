#include "judge/checked_orders.h"

#include <utility>

#include "judge/replay.h"
#include "trace/reorder.h"

namespace heapjudge {

namespace {

// Only what a single run shows: repetitions are for the trace itself.
std::optional<Finding> finding_in(const Trace& order, const SubjectFactory& start, ExamineSettings settings) {
  settings.rerun = settings.other_fill = settings.refuse_growth = settings.own_checks = false;
  return examine(order, start, settings).finding;
}

}  // namespace

Trace in_order(const Trace& trace, std::uint64_t seed) { return seed == 0 ? trace : reordered(trace, seed); }

CheckedOrders check_orders(const Trace& trace, std::vector<std::uint64_t> answers, const SubjectFactory& start,
                           const ExamineSettings& settings) {
  CheckedOrders checked;
  checked.orders.push_back({.answers = std::move(answers)});
  for (std::uint64_t seed = 1; seed <= kOtherOrders; ++seed) {
    const Trace order = reordered(trace, seed);
    if (order == trace) continue;
    const auto subject = start();
    ReplayResult result = replay(*subject, order, settings.rules, {});
    if (result.is_sound()) {
      checked.orders.push_back({.seed = seed, .answers = std::move(result.offsets)});
    } else if (auto finding = finding_in(order, start, settings); finding && !checked.unsound) {
      checked.unsound = CheckedOrders::Unsound{seed, std::move(*finding)};
    }
  }
  return checked;
}

}  // namespace heapjudge
