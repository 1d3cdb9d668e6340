#include "judge/session_timing.h"

#include <utility>

#include "judge/count_instructions.h"
#include "judge/reference_build.h"
#include "judge/timed_finding.h"

namespace heapjudge {

MeasureSettings measure_settings(const MeasuringRules& rules) {
  return {.interval = rules.interval, .budget_seconds = rules.budget_seconds};
}

MeasureSettings measure_settings(const Scoring& scoring) {
  MeasureSettings settings = measure_settings(scoring.measuring);
  const bool capped = scoring.throughput.curve_of == CurveOf::kTrace && scoring.combine == Combine::kSum;
  if (capped) settings.enough = scoring.throughput.curve.full;
  return settings;
}

Contender contender(const LaunchSettings& settings) {
  return {.start = [settings](ReplayProgram& program) { return launch_timed(settings, program); }};
}

SessionTiming::SessionTiming(const Rubric& rubric, TimingTerms terms) : rubric_(rubric), terms_(std::move(terms)) {
  const Reference reference = reference_called(rubric.scoring.measuring.reference);
  reference_ = std::async(std::launch::async, [reference, &rubric, scratch = terms_.scratch_dir] {
    return build_reference(reference, rubric, scratch);
  });
}

std::variant<Measurement, TimedFault> SessionTiming::measure_time(std::span<const Trace> orders,
                                                                  const CheckedOrders& checked) const {
  Contender subject = contender(terms_.subject);
  for (const CheckedOrders::Order& order : checked.orders) {
    if (!order.answers.empty()) subject.answers.push_back(order.answers);
  }
  return measure(orders, subject, contender(reference_.get()), measure_settings(rubric_.scoring));
}

// Of the trace's own order alone: the count is the same on every run.
std::variant<Measurement, TimedFault> SessionTiming::count(const Trace& trace, const CheckedOrders& checked) const {
  return count_instructions(trace, {.settings = terms_.subject, .answers = checked.orders[0].answers},
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

void SessionTiming::time(const Trace& trace, const CheckedOrders& checked, TraceResult& result) {
  std::vector<Trace> orders;
  for (const CheckedOrders::Order& order : checked.orders) orders.push_back(in_order(trace, order.seed));
  const auto outcome = rubric_.scoring.measuring.clock == CostClock::kInstructions ? count(trace, checked)
                                                                                   : measure_time(orders, checked);
  if (const auto* measurement = std::get_if<Measurement>(&outcome)) {
    result.measurement = *measurement;
  } else {
    const TimedFault& fault = std::get<TimedFault>(outcome);
    result.examination->finding =
        timed_finding(fault, trace, orders[fault.order], terms_.examine.rules, terms_.subject.heap_base);
  }
}

}  // namespace heapjudge
