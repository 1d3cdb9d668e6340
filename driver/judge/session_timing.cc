#include "judge/session_timing.h"

#include <cmath>
#include <utility>

#include "judge/count_instructions.h"
#include "judge/pairs.h"
#include "judge/reference_build.h"
#include "judge/speed_precision.h"
#include "judge/timed_finding.h"
#include "submission/stopwatch.h"

namespace heapjudge {

namespace {

// What is beyond the full mark need not be known exactly. For a score it is the score that ends the measuring.
MeasureSettings measure_settings(const Scoring& scoring) {
  MeasureSettings settings;
  if (scoring.measuring.interval_points <= 0) return settings;
  settings.until_told = true;
  const bool capped = scoring.throughput.curve_of == CurveOf::kTrace && scoring.combine == Combine::kSum;
  if (capped) settings.enough = scoring.throughput.curve.full;
  return settings;
}

// Whether a score needs another pair of a trace.
class ScoreWants {
 public:
  ScoreWants(const Scoring& scoring, std::span<const SessionTiming::Task> tasks,
             std::span<const std::unique_ptr<PairedMeasuring>> measurings)
      : scoring_(scoring), tasks_(tasks), measurings_(measurings) {}

  bool operator()(std::size_t i) const {
    if (measurings_[i]->pairs() < PairedMeasuring::kFewestPairs) return true;
    if (measuring_.seconds() >= scoring_.measuring.budget_seconds) return false;
    const std::vector<double> widths = widths_so_far();
    const double aim = kAim * scoring_.measuring.interval_points;
    return width_of_all(widths) > aim && widths[i] > kRest * aim / std::sqrt(static_cast<double>(widths.size()));
  }

 private:
  static constexpr double kAim = 1.0 / 3;  // of the interval that is allowed
  static constexpr double kRest = 0.5;     // of a fair part of the score's interval: below, a trace waits for the others

  // One for each task: 0 where it does not count.
  std::vector<double> widths_so_far() const {
    std::vector<WeighedSpeed> speeds;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      if (measurings_[i]->is_at_fault() || tasks_[i].result.weight <= 0) continue;
      speeds.push_back({.measurement = measurings_[i]->measurement(), .weight = tasks_[i].result.weight});
      places.push_back(i);
    }
    std::vector<double> widths(tasks_.size());
    const std::vector<double> counted = widths_in_points(scoring_, speeds);
    for (std::size_t k = 0; k < counted.size(); ++k) widths[places[k]] = counted[k];
    return widths;
  }

  const Scoring& scoring_;
  std::span<const SessionTiming::Task> tasks_;
  std::span<const std::unique_ptr<PairedMeasuring>> measurings_;
  Stopwatch measuring_;
};

}  // namespace

Contender contender(const LaunchSettings& settings) {
  const auto start = [settings](const TimedPlaces& places) {
    LaunchSettings launching = settings;
    launching.heap = places.heap;
    return launch_timed(launching, places.program);
  };
  return {.start = start, .heap_bytes = settings.heap_limit_bytes, .answers = {}};
}

SessionTiming::SessionTiming(const Rubric& rubric, TimingTerms terms) : rubric_(rubric), terms_(std::move(terms)) {
  const Reference reference = reference_called(rubric.scoring.measuring.reference);
  reference_ = std::async(std::launch::async, [reference, &rubric, scratch = terms_.scratch_dir] {
    return build_reference(reference, rubric, scratch);
  });
}

// A trace's orders and contenders, while it is measured.
struct SessionTiming::Contest {
  std::vector<Trace> orders;
  Contender subject;
};

SessionTiming::Contest SessionTiming::contest(const Task& task) const {
  Contest contest{.orders = {}, .subject = contender(terms_.subject)};
  for (const CheckedOrders::Order& order : task.checked.orders) {
    contest.orders.push_back(in_order(task.trace, order.seed));
    if (!order.answers.empty()) contest.subject.answers.push_back(order.answers);
  }
  return contest;
}

void SessionTiming::measure_times(std::span<const Task> tasks, const std::function<void(std::size_t)>& finished) {
  const MeasureSettings settings = measure_settings(rubric_.scoring);
  const Contender reference = contender(reference_.get());
  std::vector<Contest> contests;
  for (const Task& task : tasks) contests.push_back(contest(task));
  std::vector<std::unique_ptr<PairedMeasuring>> measurings;
  for (const Contest& one : contests) {
    measurings.push_back(std::make_unique<PairedMeasuring>(one.orders, one.subject, reference, settings));
  }
  const auto put_and_tell = [&](std::size_t i) {
    put(measurings[i]->outcome(), tasks[i]);
    finished(i);
  };
  const bool for_a_score = rubric_.scoring.measuring.interval_points > 0;
  const WantsPair wants = for_a_score ? WantsPair(ScoreWants(rubric_.scoring, tasks, measurings)) : nullptr;
  measure_in_turn(measurings, put_and_tell, wants);
}

// Of the trace's own order alone: the count is the same on every run.
std::variant<Measurement, TimedFault> SessionTiming::count(const Task& task) const {
  return count_instructions(task.trace, {.settings = terms_.subject, .answers = task.checked.orders[0].answers},
                            {.settings = reference_.get()}, {.scratch_dir = terms_.scratch_dir});
}

bool SessionTiming::wants(const TraceResult& result) const {
  const bool counts = counts_for_throughput(result.counts) && result.requests >= kFewestTimedRequests;
  if (!counts || !result.examination) return false;
  const Finding* finding = finding_of(result);
  return finding == nullptr || tier_charged(rubric_, result.tier, *finding) != result.tier;
}

CheckedOrders SessionTiming::check(const Trace& trace, Examination& examination) const {
  if (examination.finding) return {.orders = {CheckedOrders::Order{}}};
  return check_orders(trace, std::exchange(examination.answers, {}), terms_.start, terms_.examine);
}

void SessionTiming::put(const std::variant<Measurement, TimedFault>& outcome, const Task& task) const {
  if (const auto* measurement = std::get_if<Measurement>(&outcome)) {
    task.result.measurement = *measurement;
    return;
  }
  const TimedFault& fault = std::get<TimedFault>(outcome);
  const Trace order = in_order(task.trace, task.checked.orders[fault.order].seed);
  task.result.examination->finding =
      timed_finding(fault, task.trace, order, terms_.examine.rules, terms_.subject.heap_base);
}

void SessionTiming::time(std::span<const Task> tasks, const std::function<void(std::size_t)>& finished) {
  if (rubric_.scoring.measuring.clock == CostClock::kCpuTime) return measure_times(tasks, finished);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    put(count(tasks[i]), tasks[i]);
    finished(i);
  }
}

}  // namespace heapjudge
