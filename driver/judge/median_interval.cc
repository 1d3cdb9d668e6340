#include "judge/median_interval.h"

#include <algorithm>
#include <cmath>

#include "check.h"

namespace heapjudge {

namespace {

constexpr double kTail = 0.025;
constexpr std::size_t kFewestForRanks = 6;

// The k of the contract, for n >= kFewestForRanks.
std::size_t rank_for(std::size_t n) {
  double probability = std::pow(0.5, static_cast<double>(n));  // of exactly k heads, k = 0
  double below = probability;                                  // of at most k heads
  std::size_t k = 0;
  while (below <= kTail) {
    ++k;
    probability *= static_cast<double>(n - k + 1) / static_cast<double>(k);
    below += probability;
  }
  return k;
}

}  // namespace

MedianInterval median_interval(std::vector<double> values) {
  ensure(!values.empty(), "the median of nothing");
  std::ranges::sort(values);
  const std::size_t n = values.size();
  const double median = (values[(n - 1) / 2] + values[n / 2]) / 2;
  if (n < kFewestForRanks) {
    const double range = values.back() - values.front();
    return {median, values.front() - range, values.back() + range};
  }
  const std::size_t k = rank_for(n);
  return {median, values[k - 1], values[n - k]};
}

}  // namespace heapjudge
