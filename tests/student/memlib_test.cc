// The model of the sbrk heap, as a submission and as the grader see it.
#include "memlib.h"

#include <errno.h>
#include <gtest/gtest.h>
#include <string.h>

#include <vector>

#include "student/memlib_control.h"

namespace heapjudge {
namespace {

constexpr std::size_t kLimit = 1 << 16;
void* const kRefused = reinterpret_cast<void*>(-1);

class MemlibTest : public testing::Test {
 protected:
  MemlibTest() : memory_(kLimit) { attach(false); }

  void attach(bool may_shrink) {
    const MemlibSettings settings{memory_.data(), kLimit, may_shrink};
    heapjudge_memlib_attach(&settings);
    begin({});
  }

  static void begin(const MemlibRun& run) { heapjudge_memlib_begin(&run); }

  static MemlibEvents events() {
    MemlibEvents events;
    heapjudge_memlib_take_events(&events);
    return events;
  }

  void* at(std::size_t offset) { return memory_.data() + offset; }

  std::vector<std::byte> memory_;
};

TEST_F(MemlibTest, SbrkReturnsTheOldEndAndZeroAsksForIt) {
  EXPECT_EQ(mem_sbrk(0), at(0));
  EXPECT_EQ(mem_sbrk(100), at(0));
  EXPECT_EQ(mem_sbrk(28), at(100));
  EXPECT_EQ(mem_sbrk(0), at(128));
  EXPECT_EQ(events().sbrk_calls, 2u) << "asking for the end is no growth";
}

TEST_F(MemlibTest, HeapHiIsTheLastByte) {
  EXPECT_EQ(static_cast<std::byte*>(mem_heap_hi()) + 1, mem_heap_lo()) << "empty";
  mem_sbrk(100);
  EXPECT_EQ(mem_heap_lo(), at(0));
  EXPECT_EQ(mem_heap_hi(), at(99));
  EXPECT_EQ(mem_heapsize(), 100u);
  EXPECT_EQ(mem_pagesize(), 4096u);
}

TEST_F(MemlibTest, TheLimitIsExactAndSetsErrno) {
  EXPECT_EQ(mem_sbrk(kLimit), at(0));
  errno = 0;
  EXPECT_EQ(mem_sbrk(1), kRefused);
  EXPECT_EQ(errno, ENOMEM);
  EXPECT_EQ(mem_heapsize(), kLimit);
  EXPECT_EQ(events().sbrk_events, kSbrkLimit);
}

TEST_F(MemlibTest, AnIncrementBeyondAllMemoryIsNoted) {
  EXPECT_EQ(mem_sbrk(INTPTR_MAX), kRefused);
  EXPECT_EQ(events().sbrk_events, kSbrkOverflow);
}

TEST_F(MemlibTest, ShrinkingIsRefusedUnlessAllowed) {
  mem_sbrk(100);
  EXPECT_EQ(mem_sbrk(-10), kRefused);
  EXPECT_EQ(mem_sbrk(INTPTR_MIN), kRefused);
  EXPECT_EQ(mem_heapsize(), 100u);
  EXPECT_EQ(events().sbrk_events, kSbrkShrank | kSbrkOverflow);
}

TEST_F(MemlibTest, WhereItIsAllowedTheOldEndComesBackAndTheBytesGo) {
  attach(true);
  mem_sbrk(100);
  memset(at(0), 'x', 100);
  EXPECT_EQ(mem_sbrk(-10), at(100));
  EXPECT_EQ(mem_heapsize(), 90u);
  EXPECT_EQ(memory_[89], std::byte{'x'});
  EXPECT_EQ(memory_[90], std::byte{0});
  EXPECT_EQ(mem_sbrk(-91), kRefused) << "below the heap's start";
}

TEST_F(MemlibTest, ThePeakIsTheLargestSizeSinceItWasAsked) {
  attach(true);
  mem_sbrk(100);
  mem_sbrk(-60);
  EXPECT_EQ(events().peak_bytes, 100u);
  const MemlibEvents later = events();
  EXPECT_EQ(later.peak_bytes, 40u);
  EXPECT_EQ(later.heap_bytes, 40u);
}

TEST_F(MemlibTest, NewMemoryHoldsTheFill) {
  begin({.fill_byte = 0xdb});
  mem_sbrk(10);
  EXPECT_EQ(memory_[9], std::byte{0xdb});
  EXPECT_EQ(memory_[10], std::byte{0});
}

TEST_F(MemlibTest, RefusesTheGrowthsOfTheRun) {
  begin({.refuse_from = 2, .refuse_count = 2});
  EXPECT_EQ(mem_sbrk(8), at(0));
  EXPECT_EQ(mem_sbrk(8), kRefused);
  EXPECT_EQ(mem_sbrk(8), kRefused);
  EXPECT_EQ(mem_sbrk(8), at(8));
  EXPECT_EQ(events().sbrk_events, kSbrkRefused);
}

TEST_F(MemlibTest, RefusesTheNextGrowthsOnOrderUntilItIsLifted) {
  heapjudge_memlib_refuse_next(1);
  EXPECT_EQ(mem_sbrk(8), kRefused);
  EXPECT_EQ(mem_sbrk(8), at(0));
  heapjudge_memlib_refuse_next(100);
  heapjudge_memlib_refuse_next(0);
  EXPECT_EQ(mem_sbrk(8), at(8));
}

TEST_F(MemlibTest, NoticesMemoryThatWasUsedBeforeItWasGranted) {
  mem_sbrk(8);
  memory_[12] = std::byte{1};
  mem_sbrk(4);
  EXPECT_EQ(events().sbrk_events, 0u) << "not that byte yet";
  mem_sbrk(4);
  EXPECT_EQ(events().sbrk_events, kSbrkMemoryWasUsed);
}

TEST_F(MemlibTest, ResetAndInitEmptyTheHeap) {
  for (void (*empty)() : {mem_reset_brk, mem_init}) {
    mem_sbrk(100);
    memset(at(0), 'x', 100);
    empty();
    EXPECT_EQ(mem_heapsize(), 0u);
    EXPECT_EQ(memory_[50], std::byte{0});
  }
  mem_sbrk(10);
  mem_deinit();
  EXPECT_EQ(mem_heapsize(), 10u);
}

TEST_F(MemlibTest, CopiesAsStringDoes) {
  char text[8] = "abcdefg";
  mem_memcpy(text, "xy", 2);
  mem_memmove(text + 1, text, 3);
  mem_memset(text + 5, '-', 2);
  EXPECT_STREQ(text, "xxyce--");
}

}  // namespace
}  // namespace heapjudge
