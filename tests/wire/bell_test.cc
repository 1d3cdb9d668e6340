// The bell that calls between two processes.
#include "wire/bell.h"

#include <gtest/gtest.h>

#include <thread>

namespace heapjudge {
namespace {

TEST(Bell, WakesASleeper) {
  Bell bell{};
  SpinBudget impatient;
  while (impatient.spins() > 0) impatient.had_to_sleep();
  std::thread ringer([&] { bell.ring(); });
  while (!bell.wait(0, impatient, nullptr)) {
  }
  ringer.join();
  EXPECT_TRUE(bell.has_moved(0));
  EXPECT_FALSE(bell.has_moved(1));
}

TEST(Bell, GivesUpWhenTheSliceIsOver) {
  Bell bell{};
  SpinBudget budget;
  const timespec slice{0, 1000};
  EXPECT_FALSE(bell.wait(0, budget, &slice));
}

TEST(SpinBudget, ShrinksWhenSpinningIsInVainAndGrowsBack) {
  SpinBudget budget;
  const std::uint32_t before = budget.spins();
  budget.had_to_sleep();
  EXPECT_LT(budget.spins(), before);
  for (int i = 0; i < 1000; ++i) budget.answered_in_time();
  EXPECT_GT(budget.spins(), before);
  const std::uint32_t most = budget.spins();
  budget.answered_in_time();
  EXPECT_EQ(budget.spins(), most);
}

}  // namespace
}  // namespace heapjudge
