// Means of weighted values.
#pragma once

#include <vector>

#include "judge/rubric.h"

namespace heapjudge {

struct WeightedValue {
  double value = 0;   // 0..1
  double weight = 1;  // above 0
};

// The weighted mean; `values` is not empty. A value of 0 makes the harmonic and the geometric mean 0.
double mean_of(Mean mean, const std::vector<WeightedValue>& values);

}  // namespace heapjudge
