// Memory for two, and the bell that calls between them.
#include "wire/shared_memory.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <thread>

#include "wire/bell.h"

namespace heapjudge {
namespace {

TEST(SharedMemory, BeginsAsZerosAndForgetsWhenCleared) {
  SharedMemory memory("test", 1 << 20);
  EXPECT_EQ(memory.bytes().size(), 1u << 20);
  EXPECT_EQ(memory.touched_bytes(), 0u);
  memory.bytes()[100'000] = std::byte{1};
  EXPECT_EQ(memory.touched_bytes(), 102'400u) << "the end of that page";
  memory.clear();
  EXPECT_EQ(memory.bytes()[100'000], std::byte{0});
}

TEST(SharedMemory, ASecondMappingSeesTheSameBytes) {
  SharedMemory memory("test", 4096);
  void* const other = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, memory.descriptor(), 0);
  ASSERT_NE(other, MAP_FAILED);
  memory.bytes()[7] = std::byte{42};
  EXPECT_EQ(static_cast<std::byte*>(other)[7], std::byte{42});
  munmap(other, 4096);
}

TEST(SharedMemory, NobodyCanCutItShort) {
  SharedMemory memory("test", 8192);
  EXPECT_NE(ftruncate(memory.descriptor(), 4096), 0);
  EXPECT_NE(ftruncate(memory.descriptor(), 1 << 20), 0);
}

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
