// Means of weighted values.
#pragma once

#include <vector>

#include "judge/scoring.h"

namespace heapjudge {

struct WeightedValue {
  double value = 0;   // not negative
  double weight = 1;  // above 0
  double cost = 1;    // of the reference, above 0; for Mean::kTotal
};

// The weighted mean; `values` is not empty. A value of 0 makes every mean but the arithmetic one 0.
double mean_of(Mean mean, const std::vector<WeightedValue>& values);

// 0..1
double share_of(const Curve& curve, double value);

// The share of a half's points that these values earn: by the curve of each and their mean, or by that of the mean.
double share_of(const PerformanceRules& rules, std::vector<WeightedValue> values);

}  // namespace heapjudge
