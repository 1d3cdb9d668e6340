// Arithmetic, harmonic and geometric mean, and the ratio of totals.
#include "judge/grade_mean.h"

#include <algorithm>
#include <cmath>

#include "check.h"

namespace heapjudge {
namespace {

template <typename Term>
double weighted_sum(const std::vector<WeightedValue>& values, Term term) {
  double sum = 0;
  for (const WeightedValue& v : values) sum += v.weight * term(v);
  return sum;
}

}  // namespace

double mean_of(Mean mean, const std::vector<WeightedValue>& values) {
  const double weight = weighted_sum(values, [](const auto&) { return 1.0; });
  ensure(weight > 0, "a mean over nothing");
  const bool has_zero = std::any_of(values.begin(), values.end(), [](const auto& v) { return v.value <= 0; });
  switch (mean) {
    case Mean::kArithmetic:
      return weighted_sum(values, [](const auto& v) { return v.value; }) / weight;
    case Mean::kHarmonic:
      return has_zero ? 0 : weight / weighted_sum(values, [](const auto& v) { return 1 / v.value; });
    case Mean::kGeometric:
      return has_zero
                 ? 0
                 : std::exp(weighted_sum(values, [](const auto& v) { return std::log(v.value); }) / weight);
    case Mean::kTotal:
      return has_zero ? 0 : weighted_sum(values, [](const auto& v) {
                              return v.cost;
                            }) / weighted_sum(values, [](const auto& v) { return v.cost / v.value; });
  }
  return 0;
}

double share_of(const Curve& curve, double value) {
  return std::clamp((value - curve.zero) / (curve.full - curve.zero), 0.0, 1.0);
}

double share_of(const PerformanceRules& rules, std::vector<WeightedValue> values) {
  if (rules.curve_of == CurveOf::kMean) return share_of(rules.curve, mean_of(rules.mean, values));
  for (WeightedValue& v : values) v.value = share_of(rules.curve, v.value);
  return mean_of(rules.mean, values);
}

}  // namespace heapjudge
