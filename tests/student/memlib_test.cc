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
    const MemlibSettings settings{memory_.data(), kLimit, may_shrink, &mapped_};
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
  std::vector<HeapRange> mapped() const { return {mapped_.ranges, mapped_.ranges + mapped_.count}; }

  std::vector<std::byte> memory_;
  MappedTable mapped_;
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
}

TEST_F(MemlibTest, WhatIsPastTheEndOfAFilledHeapIsFilledAndMovesWithTheEnd) {
  attach(true);
  begin({.fill_byte = 0xdb});
  const auto expect_end_at = [&](std::size_t end) {
    EXPECT_EQ(memory_[end], std::byte{0xdb}) << end;
    EXPECT_EQ(memory_[end + kFilledPastEnd - 1], std::byte{0xdb}) << end;
    EXPECT_EQ(memory_[end + kFilledPastEnd], std::byte{0}) << end;
    EXPECT_EQ(events().sbrk_events & kSbrkMemoryWasUsed, 0u) << end;
  };
  mem_sbrk(500);
  expect_end_at(500);
  mem_sbrk(8);
  expect_end_at(508);
  mem_sbrk(-300);
  expect_end_at(208);
  heapjudge_memlib_empty();
  EXPECT_EQ(memory_[0], std::byte{0});
  EXPECT_EQ(memory_[208], std::byte{0});
}

TEST_F(MemlibTest, WhatIsFilledPastTheEndEndsAtTheLimitAndAtWhatIsMapped) {
  begin({.fill_byte = 0xdb});
  mem_sbrk(static_cast<intptr_t>(memory_.size()) - 8);
  EXPECT_EQ(memory_.back(), std::byte{0xdb});
  heapjudge_memlib_empty();
  EXPECT_EQ(memory_.back(), std::byte{0});
  mem_sbrk(static_cast<intptr_t>(memory_.size() - mem_pagesize()));
  EXPECT_NE(mem_map(1), nullptr);
  EXPECT_EQ(events().sbrk_events & kSbrkMemoryWasUsed, 0u) << "the fill is no write of the submission's";
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

constexpr std::size_t kPage = 4096;

TEST_F(MemlibTest, MapsWholePagesFromTheUpperEnd) {
  EXPECT_EQ(mem_map(1), at(kLimit - kPage));
  EXPECT_EQ(mem_map(kPage + 1), at(kLimit - 3 * kPage));
  EXPECT_EQ(mapped(), (std::vector<HeapRange>{{kLimit - 3 * kPage, 2 * kPage}, {kLimit - kPage, kPage}}));
  EXPECT_EQ(mem_heapsize(), 0u) << "that is what mem_sbrk has granted";
  EXPECT_EQ(events().sbrk_calls, 2u);
}

TEST_F(MemlibTest, TheHighestHoleThatIsLargeEnoughIsTaken) {
  void* const one = mem_map(kPage);
  mem_map(kPage);
  void* const two = mem_map(2 * kPage);
  mem_map(kPage);
  mem_unmap(one);
  mem_unmap(two);
  EXPECT_EQ(mem_map(2 * kPage), two);
  EXPECT_EQ(mem_map(kPage), one);
  EXPECT_EQ(mem_map(kPage), at(kLimit - 6 * kPage));
}

TEST_F(MemlibTest, WhatIsMappedAndWhatHasGrownShareTheLimit) {
  EXPECT_EQ(mem_map(kLimit - kPage), at(kPage));
  EXPECT_EQ(mem_sbrk(kPage + 1), kRefused);
  EXPECT_EQ(mem_sbrk(kPage), at(0));
  errno = 0;
  EXPECT_EQ(mem_map(1), nullptr);
  EXPECT_EQ(errno, ENOMEM);
  const MemlibEvents seen = events();
  EXPECT_EQ(seen.sbrk_events, kSbrkLimit | kMappedChanged);
  EXPECT_EQ(seen.peak_bytes, kLimit);
  EXPECT_EQ(seen.heap_bytes, kPage);
  mem_unmap(at(kPage));
  EXPECT_EQ(mem_sbrk(kLimit - kPage), at(kPage)) << "an unmapped range is room for either";
}

TEST_F(MemlibTest, NobodyMapsNothingOrMoreThanThereIs) {
  EXPECT_EQ(mem_map(0), nullptr);
  EXPECT_EQ(events().sbrk_calls, 0u);
  EXPECT_EQ(mem_map(kLimit + 1), nullptr);
  EXPECT_EQ(mem_map(SIZE_MAX), nullptr);
  EXPECT_EQ(events().sbrk_events, kSbrkLimit);
}

TEST_F(MemlibTest, ThePeakCountsWhatWasMappedInBetween) {
  mem_sbrk(100);
  mem_unmap(mem_map(3 * kPage));
  const MemlibEvents seen = events();
  EXPECT_EQ(seen.peak_bytes, 100 + 3 * kPage);
  EXPECT_EQ(seen.sbrk_events, kMappedChanged);
  EXPECT_EQ(events().peak_bytes, 100u);
}

TEST_F(MemlibTest, AMapIsRefusedAsAGrowthIs) {
  begin({.refuse_from = 2, .refuse_count = 2});
  EXPECT_EQ(mem_sbrk(8), at(0));
  EXPECT_EQ(mem_map(8), nullptr);
  EXPECT_EQ(mem_sbrk(8), kRefused);
  EXPECT_NE(mem_map(8), nullptr);
  EXPECT_EQ(events().sbrk_events, kSbrkRefused | kMappedChanged);
  heapjudge_memlib_refuse_next(1);
  EXPECT_EQ(mem_map(8), nullptr);
  EXPECT_TRUE(mapped().size() == 1);
}

TEST_F(MemlibTest, OnlyAWholeRangeIsUnmapped) {
  char* const range = static_cast<char*>(mem_map(3 * kPage));
  EXPECT_EQ(events().sbrk_events, kMappedChanged);
  for (void* const other : {static_cast<void*>(range + kPage), static_cast<void*>(range + 16), at(0),
                            static_cast<void*>(nullptr)}) {
    mem_unmap(other);
    EXPECT_EQ(events().sbrk_events, kUnmapMisused);
  }
  mem_unmap(range);
  EXPECT_EQ(events().sbrk_events, kMappedChanged);
  mem_unmap(range);
  EXPECT_EQ(events().sbrk_events, kUnmapMisused) << "given back already";
}

TEST_F(MemlibTest, AnUnmappedRangeIsZeroAndWatched) {
  char* const range = static_cast<char*>(mem_map(kPage));
  memset(range, 'x', kPage);
  mem_unmap(range);
  EXPECT_EQ(range[100], '\0');
  range[100] = 'y';
  events();
  EXPECT_EQ(mem_map(kPage), range);
  EXPECT_EQ(events().sbrk_events, kSbrkMemoryWasUsed | kMappedChanged);
}

TEST_F(MemlibTest, AMappedRangeHoldsTheFill) {
  begin({.fill_byte = 0xdb});
  const auto* const range = static_cast<unsigned char*>(mem_map(10));
  EXPECT_EQ(range[0], 0xdb);
  EXPECT_EQ(range[kPage - 1], 0xdb);
}

TEST_F(MemlibTest, ThereIsAnEndToTheNumberOfRanges) {
  memory_.assign((kMaxMapped + 2) * kPage, std::byte{0});
  const MemlibSettings settings{memory_.data(), memory_.size(), false, &mapped_};
  heapjudge_memlib_attach(&settings);
  begin({});
  for (std::size_t i = 0; i < kMaxMapped; ++i) ASSERT_NE(mem_map(1), nullptr) << i;
  EXPECT_EQ(mem_map(1), nullptr);
  mem_unmap(at(memory_.size() - kPage));
  EXPECT_EQ(mem_map(1), at(memory_.size() - kPage));
}

TEST_F(MemlibTest, WithoutATableNothingCanBeMapped) {
  const MemlibSettings settings{memory_.data(), kLimit, false};
  heapjudge_memlib_attach(&settings);
  begin({});
  EXPECT_EQ(mem_map(1), nullptr);
  EXPECT_EQ(events().sbrk_events, kSbrkLimit);
  mem_unmap(at(0));
  EXPECT_EQ(events().sbrk_events, kUnmapMisused);
}

TEST_F(MemlibTest, KnowsWhatLiesInOneRange) {
  mem_map(2 * kPage);
  mem_map(kPage);
  const std::size_t low = kLimit - 3 * kPage;
  EXPECT_TRUE(heapjudge_memlib_is_mapped(low, kPage));
  EXPECT_FALSE(heapjudge_memlib_is_mapped(low, kPage + 1)) << "over the border of two";
  EXPECT_TRUE(heapjudge_memlib_is_mapped(low + kPage, 2 * kPage));
  EXPECT_FALSE(heapjudge_memlib_is_mapped(low + kPage + 1, 2 * kPage));
  EXPECT_FALSE(heapjudge_memlib_is_mapped(low - 1, 1));
  EXPECT_FALSE(heapjudge_memlib_is_mapped(low, SIZE_MAX));
}

TEST_F(MemlibTest, ResetAndInitUnmapEverything) {
  for (void (*empty)() : {mem_reset_brk, mem_init, heapjudge_memlib_empty}) {
    mem_map(kPage);
    char* const range = static_cast<char*>(mem_map(2 * kPage));
    memset(range, 'x', 2 * kPage);
    events();
    empty();
    EXPECT_TRUE(mapped().empty());
    EXPECT_EQ(range[kPage], '\0');
    EXPECT_EQ(events().sbrk_events, kMappedChanged);
  }
}

TEST_F(MemlibTest, ARunBeginsWithNothingMapped) {
  mem_map(kPage);
  begin({});
  EXPECT_TRUE(mapped().empty());
  EXPECT_EQ(mapped_.ranges[0], HeapRange{});
  EXPECT_EQ(events().peak_bytes, 0u);
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
