// The median of a sample and how far it can be trusted.
#pragma once

#include <vector>

namespace heapjudge {

struct MedianInterval {
  double median = 0;
  double low = 0;
  double high = 0;
};

// The 95 % interval of the median by order statistics, which asks nothing of the distribution: the k-th smallest and
// the k-th largest value, k the largest for which fewer than k of n fair coins show heads with a probability of at
// most 2.5 % (Conover, Practical Nonparametric Statistics, 3.2). Below six values there is no such k: then the range
// is widened by its own width on both sides. `values` is not empty.
MedianInterval median_interval(std::vector<double> values);

}  // namespace heapjudge
