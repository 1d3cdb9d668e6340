// Arithmetic, harmonic and geometric mean.
#include "judge/grade_mean.h"

#include <algorithm>
#include <cmath>

#include "check.h"

namespace heapjudge {
namespace {

template <typename Term>
double weighted_sum(const std::vector<WeightedValue>& values, Term term) {
  double sum = 0;
  for (const WeightedValue& v : values) sum += v.weight * term(v.value);
  return sum;
}

}  // namespace

double mean_of(Mean mean, const std::vector<WeightedValue>& values) {
  const double weight = weighted_sum(values, [](double) { return 1.0; });
  ensure(weight > 0, "a mean over nothing");
  const bool has_zero = std::any_of(values.begin(), values.end(), [](const auto& v) { return v.value <= 0; });
  switch (mean) {
    case Mean::kArithmetic:
      return weighted_sum(values, [](double v) { return v; }) / weight;
    case Mean::kHarmonic:
      return has_zero ? 0 : weight / weighted_sum(values, [](double v) { return 1 / v; });
    case Mean::kGeometric:
      return has_zero ? 0 : std::exp(weighted_sum(values, [](double v) { return std::log(v); }) / weight);
  }
  return 0;
}

}  // namespace heapjudge
