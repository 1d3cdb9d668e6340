// What a machine is asked: the noise of its clock, and whether stores can be watched.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "judge/timer_noise.h"
#include "subject/watch_trial.h"

namespace heapjudge {
namespace {

TEST(TimerNoise, IsNoneWhereAllRunsTakeTheSame) {
  EXPECT_EQ(spread_percent(std::vector<double>(200, 0.005)), 0);
  EXPECT_EQ(spread_percent({1}), 0);
}

TEST(TimerNoise, IsTheDistanceOfPercentilesInPercentOfTheMedian) {
  std::vector<double> seconds(101);
  std::iota(seconds.begin(), seconds.end(), 50.0);  // 60 and 140 around 100
  EXPECT_DOUBLE_EQ(spread_percent(seconds), 80);
  std::ranges::reverse(seconds);
  EXPECT_DOUBLE_EQ(spread_percent(seconds), 80);
}

TEST(TimerNoise, DoesNotCareForAFewOutliers) {
  std::vector<double> seconds(100, 1.0);
  for (int i = 0; i < 9; ++i) seconds[static_cast<std::size_t>(i)] = 1000;
  EXPECT_EQ(spread_percent(seconds), 0);
}

TEST(TimerNoise, ALoopTakesTime) {
  const std::vector<double> seconds = time_a_loop(5, 0.0005);
  ASSERT_EQ(seconds.size(), 5u);
  for (const double run : seconds) EXPECT_GT(run, 0);
}

TEST(StoreWatch, GivesTheSameAnswerAgainAndLeavesNoProcess) {
  EXPECT_EQ(stores_can_be_watched(), stores_can_be_watched());
}

}  // namespace
}  // namespace heapjudge
