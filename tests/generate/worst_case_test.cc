// The bad programs do what their authors proved.
#include "generate/worst_case.h"

#include <gtest/gtest.h>

#include <bit>

#include "trace/analysis.h"
#include "trace/random.h"

namespace heapjudge {
namespace {

struct Played {
  WorstCaseResult result;
  TraceAnalysis analysis;
};

Played play(const WorstCase& worst) {
  TraceWriter trace;
  const WorstCaseResult result = write_worst_case(worst, trace);
  return {.result = result, .analysis = analyse(trace.take("worst"))};
}

// M (1 + log2(n) / 2) - n + 1: no allocator does with less (Robson 1974).
TEST(RobsonsProgram, ReachesItsBoundAgainstEveryModel) {
  for (const Victim victim : {Victim::kFirstFit, Victim::kBuddy}) {
    for (const std::size_t largest : {1u, 2u, 16u, 128u}) {
      const auto [result, analysis] = play({.victim = victim, .live_units = 1024, .largest_units = largest});
      const std::size_t doublings = static_cast<std::size_t>(std::countr_zero(largest));
      EXPECT_GE(result.heap_units, 1024 + 1024 * doublings / 2 - largest + 1) << largest;
      EXPECT_LE(result.most_live_units, 1024u);
    }
  }
}

TEST(RobsonsProgram, AsksForPowersOfTwoLessTheOverhead) {
  const auto [result, analysis] =
      play({.live_units = 64, .largest_units = 8, .unit_bytes = 100, .overhead_bytes = 10});
  EXPECT_EQ(analysis.largest_bytes, 790u);
  EXPECT_EQ(result.most_live_units, 64u);
}

// (m - 2) units for each survivor, and m - 2 more in front (Robson 1977; Knuth, exercise 2.5-42).
TEST(BestFitsProgram, SpreadsItsSurvivorsOverTheHeap) {
  for (const std::size_t m : {8u, 12u, 40u}) {
    for (const std::size_t survivors : {1u, 2u, 3u, 17u, 40u}) {
      const auto [result, analysis] =
          play({.victim = Victim::kBestFit, .live_units = survivors, .largest_units = m});
      EXPECT_GE(result.heap_units, (survivors + 1) * (m - 2)) << m << " " << survivors;
      EXPECT_LE(result.most_live_units, survivors + 5 * m);
      EXPECT_EQ(analysis.never_freed, survivors + 1) << "the block in front is live too";
    }
  }
}

TEST(Models, PlaceByTheirRule) {
  for (const Victim victim : {Victim::kFirstFit, Victim::kBestFit}) {
    ModelHeap heap(victim);
    for (int i = 0; i < 5; ++i) heap.place(10);
    heap.release(10, 10);
    heap.place(7);  // leaves a hole of 3 at 17
    heap.release(0, 10);
    EXPECT_EQ(heap.place(3), victim == Victim::kFirstFit ? 0u : 17u);
  }
}

TEST(Models, OfBuddiesAlignBlocksToTheirSizeAndMergeThem) {
  ModelHeap heap(Victim::kBuddy);
  EXPECT_EQ(heap.place(1), 0u);
  EXPECT_EQ(heap.place(3), 4u) << "rounded up to 4";
  EXPECT_EQ(heap.place(2), 2u);
  heap.release(0, 1);
  heap.release(2, 2);
  EXPECT_EQ(heap.place(4), 0u);
}

// No two live blocks overlap, whatever the order, and an empty heap has no end.
TEST(Models, NeverOverlap) {
  for (const Victim victim : {Victim::kFirstFit, Victim::kBestFit, Victim::kBuddy}) {
    Random random(7);
    ModelHeap heap(victim);
    std::map<std::uint64_t, std::uint64_t> live;
    for (int i = 0; i < 3000; ++i) {
      if (live.size() < 50 && random.one_in(2)) {
        const std::uint64_t units = random.between(1, 20);
        const std::uint64_t at = heap.place(units);
        const auto next = live.lower_bound(at);
        ASSERT_TRUE(next == live.end() || at + units <= next->first);
        ASSERT_TRUE(next == live.begin() || std::prev(next)->first + std::prev(next)->second <= at);
        live[at] = units;
      } else if (!live.empty()) {
        const auto gone = std::next(live.begin(), static_cast<std::ptrdiff_t>(random.below(live.size())));
        heap.release(gone->first, gone->second);
        live.erase(gone);
      }
    }
    for (const auto& [at, units] : live) heap.release(at, units);
    EXPECT_EQ(heap.end(), 0u);
  }
}

}  // namespace
}  // namespace heapjudge
