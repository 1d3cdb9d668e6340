#include "judge/median_interval.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "trace/random.h"

namespace heapjudge {
namespace {

std::vector<double> first_numbers(int n) {
  std::vector<double> values(static_cast<std::size_t>(n));
  std::iota(values.begin(), values.end(), 1.0);
  std::ranges::reverse(values);
  return values;
}

TEST(MedianInterval, IsTheMiddleOfAnOddSampleAndBetweenTheMiddlesOfAnEvenOne) {
  EXPECT_DOUBLE_EQ(median_interval({3, 1, 2}).median, 2);
  EXPECT_DOUBLE_EQ(median_interval({4, 1, 3, 2}).median, 2.5);
  EXPECT_DOUBLE_EQ(median_interval({7}).median, 7);
}

// Ranks from tables of the binomial distribution with p = 1/2, both tails at most 2.5 %.
TEST(MedianInterval, TakesTheRanksOfTheBinomialDistribution) {
  struct Row {
    int n;
    double low;
  };
  for (const Row& row : {Row{6, 1}, Row{8, 1}, Row{9, 2}, Row{11, 2}, Row{12, 3}, Row{17, 5}, Row{25, 8}, Row{50, 18}}) {
    const MedianInterval interval = median_interval(first_numbers(row.n));
    EXPECT_DOUBLE_EQ(interval.low, row.low) << row.n;
    EXPECT_DOUBLE_EQ(interval.high, row.n + 1 - row.low) << row.n;
  }
}

TEST(MedianInterval, OfAFewValuesIsTheirRangeWidened) {
  const MedianInterval interval = median_interval({10, 12, 11});
  EXPECT_DOUBLE_EQ(interval.low, 8);
  EXPECT_DOUBLE_EQ(interval.high, 14);
}

TEST(MedianInterval, CoversTheTrueMedianInNineteenOfTwentySamplesAtLeast) {
  Random random(1);
  for (const int n : {6, 15, 40}) {
    int covered = 0;
    for (int sample = 0; sample < 2000; ++sample) {
      std::vector<double> values;
      for (int i = 0; i < n; ++i) values.push_back(static_cast<double>(random.below(1'000'001)));
      const MedianInterval interval = median_interval(values);
      covered += interval.low <= 500'000 && 500'000 <= interval.high ? 1 : 0;
    }
    EXPECT_GE(covered, 1885) << n;  // 1900 expected at least; three standard deviations below are 1871
  }
}

}  // namespace
}  // namespace heapjudge
