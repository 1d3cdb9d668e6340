// What is believed of the ranges that a subject says are mapped.
#include "judge/mapped_heap.h"

#include <gtest/gtest.h>

namespace heapjudge {
namespace {

constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kLimit = 100 * kPage;
using Ranges = std::vector<HeapRange>;

Ranges believed(const Ranges& claimed, std::uint64_t floor = 0) {
  MappedHeap heap(kLimit);
  heap.take_over(claimed, floor);
  return {heap.ranges().begin(), heap.ranges().end()};
}

TEST(MappedHeap, TakesWhatCanBe) {
  const Ranges ranges{{kPage, 2 * kPage}, {3 * kPage, kPage}, {90 * kPage, 10 * kPage}};
  MappedHeap heap(kLimit);
  EXPECT_FALSE(heap.take_over(ranges, kPage));
  EXPECT_EQ(Ranges(heap.ranges().begin(), heap.ranges().end()), ranges);
  EXPECT_EQ(heap.bytes(), 13 * kPage);
  EXPECT_EQ(heap.lowest(), kPage);
}

TEST(MappedHeap, WithoutRangesTheLimitIsTheLowest) { EXPECT_EQ(MappedHeap(kLimit).lowest(), kLimit); }

TEST(MappedHeap, LeavesOutWhatCannotBe) {
  EXPECT_EQ(believed({{kPage, 0}}), Ranges{}) << "empty";
  EXPECT_EQ(believed({{kPage + 16, kPage}}), Ranges{}) << "not from the start of a page";
  EXPECT_EQ(believed({{kPage, kPage + 16}}), Ranges{}) << "not whole pages";
  EXPECT_EQ(believed({{99 * kPage, 2 * kPage}}), Ranges{}) << "past the limit";
  EXPECT_EQ(believed({{2 * kPage, 0 - kPage}}), Ranges{}) << "round the end of all addresses";
  EXPECT_EQ(believed({{0 - kPage, kPage}}), Ranges{}) << "there, too";
  EXPECT_EQ(believed({{kPage, kPage}}, kPage + 16), Ranges{}) << "below what has grown";
  EXPECT_EQ(believed({{5 * kPage, kPage}, {kPage, kPage}, {5 * kPage, kPage}, {6 * kPage, kPage}}),
            (Ranges{{5 * kPage, kPage}, {6 * kPage, kPage}}))
      << "out of order, or twice";
}

TEST(MappedHeap, TellsWhenSomethingIsMappedNoMore) {
  MappedHeap heap(kLimit);
  const Ranges two{{kPage, kPage}, {9 * kPage, kPage}};
  EXPECT_FALSE(heap.take_over(two, 0));
  EXPECT_FALSE(heap.take_over(two, 0)) << "the same";
  EXPECT_FALSE(heap.take_over(Ranges{{kPage, kPage}, {3 * kPage, kPage}, {9 * kPage, kPage}}, 0)) << "more";
  EXPECT_TRUE(heap.take_over(Ranges{{kPage, kPage}, {9 * kPage, kPage}}, 0));
  EXPECT_TRUE(heap.take_over(Ranges{{kPage, kPage}, {10 * kPage, kPage}}, 0)) << "as many, elsewhere";
  EXPECT_TRUE(heap.take_over({}, 0));
  EXPECT_FALSE(heap.take_over({}, 0));
}

TEST(MappedHeap, FindsTheRangeAroundABlock) {
  MappedHeap heap(kLimit);
  heap.take_over(Ranges{{kPage, 2 * kPage}, {3 * kPage, kPage}, {9 * kPage, kPage}}, 0);
  EXPECT_EQ(heap.end_around(kPage, 2 * kPage), 3 * kPage);
  EXPECT_EQ(heap.end_around(2 * kPage, 1), 3 * kPage);
  EXPECT_EQ(heap.end_around(3 * kPage, 1), 4 * kPage) << "the first byte of the second";
  EXPECT_EQ(heap.end_around(2 * kPage, kPage + 1), std::nullopt) << "over a border";
  EXPECT_EQ(heap.end_around(4 * kPage, 0), 4 * kPage) << "nothing, at the end";
  EXPECT_EQ(heap.end_around(4 * kPage, 1), std::nullopt);
  EXPECT_EQ(heap.end_around(0, 1), std::nullopt) << "below all";
  EXPECT_EQ(heap.end_around(9 * kPage, UINT64_MAX), std::nullopt);
  EXPECT_EQ(heap.end_around(UINT64_MAX, 1), std::nullopt);
}

}  // namespace
}  // namespace heapjudge
