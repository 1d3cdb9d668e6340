#include "judge/speed_precision.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "judge/grade_mean.h"

namespace heapjudge {

namespace {

double points_of(const Scoring& scoring, std::vector<WeightedValue> values) {
  const PerformanceRules& rules = scoring.throughput;
  const double share = share_of(rules, std::move(values));
  if (scoring.combine == Combine::kSum) return rules.points * share;
  const double most = scoring.utilization.points + rules.points;
  return most <= 0 ? 0 : most * std::pow(share, rules.points / most);
}

}  // namespace

std::vector<double> widths_in_points(const Scoring& scoring, std::span<const WeighedSpeed> speeds) {
  std::vector<WeightedValue> values;
  for (const WeighedSpeed& s : speeds) {
    values.push_back({.value = s.measurement.speed, .weight = s.weight, .cost = s.measurement.reference_cost});
  }
  const auto points_with = [&](std::size_t i, double speed) {
    std::vector<WeightedValue> changed = values;
    changed[i].value = std::max(0.0, speed);
    return points_of(scoring, std::move(changed));
  };
  std::vector<double> widths;
  for (std::size_t i = 0; i < speeds.size(); ++i) {
    const Measurement& m = speeds[i].measurement;
    widths.push_back(points_with(i, m.speed_high) - points_with(i, m.speed_low));
  }
  return widths;
}

double width_of_all(std::span<const double> widths) {
  double squares = 0;
  for (const double width : widths) squares += width * width;
  return std::sqrt(squares);
}

}  // namespace heapjudge
