// Traces by what came of them, and a rubric that scores nothing else.
#pragma once

#include <vector>

#include "judge/grade.h"

namespace heapjudge {

inline constexpr double kFailed = -1;   // as a utilization: the trace failed
inline constexpr double kUnknown = -1;  // as a speed: it was not measured

struct Result {
  double utilization = 0;
  double speed = kUnknown;
  double weight = 1;
  double reference_cost = 1;
  Counts counts = Counts::kBoth;
};

inline TraceResult result_of(const Result& r) {
  TraceResult result;
  result.name = "trace";
  result.weight = r.weight;
  result.counts = r.counts;
  result.requests = 1000;
  result.examination = Examination{};
  if (r.utilization < 0) {
    result.examination->finding = Finding{.fault = Fault::kOverlap};
    return result;
  }
  HeapProfile profile;
  profile.utilization = r.utilization;
  result.examination->profile = profile;
  if (r.speed < 0) return result;
  result.measurement = Measurement{.speed = r.speed,
                                   .speed_low = r.speed * 0.99,
                                   .speed_high = r.speed * 1.01,
                                   .pairs = 20,
                                   .subject_cost = r.reference_cost / r.speed,
                                   .reference_cost = r.reference_cost};
  return result;
}

// 60 points of utilization and 40 of throughput; no tier earns or costs any.
inline Rubric plain_rubric() {
  Rubric rubric;
  rubric.rerun = rubric.other_fill = false;
  rubric.rules_of(Tier::kP0).decides = true;
  rubric.scoring.throughput.curve_of = CurveOf::kMean;
  return rubric;
}

inline GradeSheet graded(const Rubric& rubric, const std::vector<Result>& results) {
  std::vector<TraceResult> all;
  for (const Result& result : results) all.push_back(result_of(result));
  return grade(rubric, {.measured = true}, {}, std::move(all));
}

}  // namespace heapjudge
