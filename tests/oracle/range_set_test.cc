// The set of taken granules, against a plain vector of bools.
#include "oracle/range_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace heapjudge {
namespace {

TEST(RangeSet, EmptyIntersectsNothing) {
  const RangeSet set(1000);
  EXPECT_FALSE(set.intersects(0, 1));
  EXPECT_FALSE(set.intersects(0, 1000));
  EXPECT_EQ(set.count(), 0u);
  set.check();
}

TEST(RangeSet, ARangeIsSeenFromBothSidesOfItsEdges) {
  // The edges of words and of words of words, on either side.
  for (const std::uint64_t first : {0u, 1u, 63u, 64u, 65u, 127u, 128u, 4095u, 4096u, 4097u}) {
    for (const std::uint64_t length : {1u, 2u, 63u, 64u, 65u, 128u, 4032u, 4096u, 8192u, 300000u}) {
      RangeSet set(1u << 19);
      const std::uint64_t end = first + length;
      set.insert(first, end);
      set.check();
      EXPECT_EQ(set.count(), length) << first << " " << length;
      EXPECT_TRUE(set.holds(first, end));
      EXPECT_TRUE(set.intersects(first, first + 1));
      EXPECT_TRUE(set.intersects(end - 1, end));
      EXPECT_TRUE(set.intersects(first + length / 2, first + length / 2 + 1));
      EXPECT_TRUE(set.intersects(0, 1u << 19));
      EXPECT_FALSE(set.intersects(end, end + 1));
      EXPECT_FALSE(set.intersects(end, 1u << 19));
      if (first > 0) {
        EXPECT_FALSE(set.intersects(first - 1, first)) << first;
        EXPECT_FALSE(set.intersects(0, first)) << first;
      }
      set.erase(first, end);
      set.check();
      EXPECT_EQ(set.count(), 0u);
      EXPECT_FALSE(set.intersects(0, 1u << 19));
    }
  }
}

TEST(RangeSet, FullWordOfSmallRangesIsToldFromOneThatIsCoveredAsAWhole) {
  RangeSet set(1000);
  for (std::uint64_t i = 64; i < 128; ++i) set.insert(i, i + 1);
  set.insert(128, 192);
  EXPECT_EQ(set.count(), 128u);
  set.check();
  set.erase(128, 192);
  EXPECT_TRUE(set.intersects(127, 192));
  EXPECT_FALSE(set.intersects(128, 192));
  for (std::uint64_t i = 64; i < 128; ++i) set.erase(i, i + 1);
  EXPECT_EQ(set.count(), 0u);
}

TEST(RangeSet, UniverseOfTwoToTheFortySevenIsUsable) {
  const std::uint64_t universe = std::uint64_t{1} << 47;
  RangeSet set(universe);
  set.insert(universe - 1, universe);
  set.insert(5, universe - 100);
  EXPECT_TRUE(set.intersects(universe / 2, universe / 2 + 1));
  EXPECT_FALSE(set.intersects(universe - 100, universe - 1));
  EXPECT_FALSE(set.intersects(0, 5));
  EXPECT_EQ(set.count(), universe - 104);
  set.erase(5, universe - 100);
  EXPECT_EQ(set.count(), 1u);
}

TEST(RangeSet, AgreesWithAVectorOfBools) {
  for (const std::uint32_t seed : {1u, 2u, 3u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    constexpr std::uint64_t kUniverse = 20000;
    RangeSet set(kUniverse);
    std::vector<bool> model(kUniverse);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> inside;
    for (int step = 0; step < 20000; ++step) {
      const std::uint64_t first = random() % kUniverse;
      const std::uint64_t longest = std::uint64_t{1} << random() % 13;
      const std::uint64_t end = std::min<std::uint64_t>(kUniverse, first + 1 + random() % longest);
      const auto begin_of = [&](std::uint64_t at) { return model.begin() + static_cast<std::ptrdiff_t>(at); };
      const bool expected = std::find(begin_of(first), begin_of(end), true) != begin_of(end);
      ASSERT_EQ(set.intersects(first, end), expected) << "step " << step;
      if (!expected) {
        set.insert(first, end);
        std::fill(begin_of(first), begin_of(end), true);
        inside.emplace_back(first, end);
      } else if (!inside.empty() && random() % 2 == 0) {
        std::swap(inside[random() % inside.size()], inside.back());
        set.erase(inside.back().first, inside.back().second);
        std::fill(begin_of(inside.back().first), begin_of(inside.back().second), false);
        inside.pop_back();
      }
    }
    EXPECT_EQ(set.count(), static_cast<std::uint64_t>(std::count(model.begin(), model.end(), true)));
    set.check();
  }
}

}  // namespace
}  // namespace heapjudge
