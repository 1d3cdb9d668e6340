// The bell that calls between two processes.
#include "wire/bell.h"

#include <gtest/gtest.h>

#include <thread>

namespace heapjudge {
namespace {

TEST(Bell, WakesASleeper) {
  Bell bell{};
  SpinBudget impatient;
  impatient.had_to_sleep(false);
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

TEST(SpinBudget, GrowsWhileSleepsAreShortAndRestsAfterSpinningInVain) {
  SpinBudget budget;
  const std::uint32_t before = budget.spins();
  budget.had_to_sleep(true);
  EXPECT_GT(budget.spins(), before);
  for (int i = 0; i < 20; ++i) budget.had_to_sleep(true);
  EXPECT_LT(budget.spins(), before) << "as long as is allowed, and still in vain";
  const std::uint32_t least = budget.spins();
  budget.had_to_sleep(true);
  EXPECT_EQ(budget.spins(), least) << "it rests";
}

TEST(SpinBudget, TriesAgainLessAndLessOften) {
  SpinBudget budget;
  std::size_t waits = 0;
  std::size_t long_spins = 0;
  for (; waits < 100'000; ++waits) {
    long_spins += budget.spins() > 100 ? 1 : 0;
    budget.had_to_sleep(true);
  }
  EXPECT_LT(long_spins, 200u) << "of " << waits;
}

}  // namespace
}  // namespace heapjudge
