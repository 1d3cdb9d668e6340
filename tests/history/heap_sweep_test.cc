// The sweep against HeapProfile, which walks all blocks anew, at every moment of random histories.
#include "history/heap_sweep.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "history/heap_map.h"
#include "oracle/heap_profile.h"
#include "tests/history/random_history.h"

namespace heapjudge {
namespace {

// What HeapProfile says of this moment.
HeapProfile profile_at(const HeapHistory& history, std::size_t moment) {
  ShadowHeap shadow({.heap_limit_bytes = 1u << 22, .alignment = history.alignment, .block_count = 100'000});
  for (const BlockLife& life : history.blocks) {
    if (life.born > moment || life.died <= moment) continue;
    EXPECT_FALSE(shadow.place(
        {.block = life.block, .offset = life.offset, .size = life.size, .heap_bytes = 1u << 22}));
  }
  std::vector<HeapRange> mapped;
  std::uint64_t heap_bytes = history.grown_bytes[moment];
  for (const RangeLife& life : history.ranges) {
    if (life.born > moment || life.died <= moment) continue;
    mapped.push_back(life.range);
    heap_bytes += life.range.bytes;
  }
  std::ranges::sort(mapped, {}, &HeapRange::offset);
  HeapProfiler profiler(1, 1, history.alignment);
  profiler.record(1, shadow, heap_bytes, mapped);
  return profiler.finish();
}

void expect_same(const HeapSweep& sweep, const HeapProfile& profile) {
  const auto heap = static_cast<double>(profile.heap_bytes);
  ASSERT_EQ(sweep.payload_bytes(), profile.peak_payload_bytes);
  ASSERT_EQ(sweep.heap_bytes(), profile.heap_bytes);
  ASSERT_NEAR(static_cast<double>(sweep.internal_bytes()), profile.internal_fraction * heap, 1e-6);
  ASSERT_NEAR(static_cast<double>(sweep.external_bytes()), profile.external_fraction * heap, 1e-6);
}

void expect_same(const HeapSweep& sweep, const std::vector<Stretch>& map) {
  std::map<HeapUse, std::uint64_t> bytes;
  std::uint64_t end = 0;
  for (const Stretch& stretch : map) {
    ASSERT_GE(stretch.offset, end) << "in order";
    end = stretch.offset + stretch.bytes;
    bytes[stretch.use] += stretch.bytes;
  }
  ASSERT_EQ(bytes[HeapUse::kPayload], sweep.payload_bytes());
  ASSERT_EQ(bytes[HeapUse::kOverhead], sweep.internal_bytes());
  ASSERT_EQ(bytes[HeapUse::kFree], sweep.external_bytes());
}

void expect_agreement(const HeapHistory& history) {
  HeapSweep sweep(history);
  do {
    SCOPED_TRACE(testing::Message() << "moment " << sweep.moment());
    expect_same(sweep, profile_at(history, sweep.moment()));
    expect_same(sweep, map_at(history, sweep.moment()));
    if (testing::Test::HasFatalFailure()) return;
  } while (sweep.advance());
  EXPECT_EQ(sweep.moment(), history.requests());
}

TEST(HeapSweep, SplitsEveryMomentAsTheProfileDoes) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    expect_agreement(random_history({.seed = seed, .alignment = seed % 3 == 0 ? 8u : 16u}));
    if (HasFatalFailure()) return;
  }
}

TEST(HeapSweep, OfManySmallBlocksToo) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    expect_agreement(random_history({.seed = seed, .requests = 600, .most_bytes = 40, .mapped = false}));
  }
}

// Hole by hole and moment by moment, what is told of holes is what the tally counts.
TEST(HeapSweep, TellsEachHoleWithItsLife) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const HeapHistory history = random_history({.seed = seed});
    std::vector<Hole> holes;
    HeapSweep sweep(history, [&](const Hole& hole, const auto&) { holes.push_back(hole); });
    std::vector<HoleClass> counted;
    do {
      HoleClass all{.count = sweep.gaps().hole_count()};
      for (const HoleClass& one : sweep.gaps().holes()) all.bytes += one.bytes;
      counted.push_back(all);
    } while (sweep.advance());
    sweep.finish();
    std::vector<HoleClass> told(counted.size());
    for (const Hole& hole : holes) {
      ASSERT_LT(hole.born, hole.died);
      ASSERT_LE(hole.died, counted.size());
      for (std::size_t moment = hole.born; moment < hole.died; ++moment) {
        ++told[moment].count;
        told[moment].bytes += hole.top - hole.bottom;
      }
    }
    for (std::size_t moment = 0; moment < counted.size(); ++moment) {
      ASSERT_EQ(told[moment].count, counted[moment].count) << "seed " << seed << ", moment " << moment;
      ASSERT_EQ(told[moment].bytes, counted[moment].bytes) << "seed " << seed << ", moment " << moment;
    }
  }
}

TEST(HeapSweep, ABlockThatTwoShareIsOurOwnFault) {
  const HeapHistory history{.grown_bytes = {100, 100}, .blocks = {{0, 1, 2, 0, 40}, {1, 1, 2, 32, 8}}};
  EXPECT_DEATH(HeapSweep(history).advance(), "a block in another");
}

TEST(NumberSet, FindsTheNextMember) {
  NumberSet set(300'000);
  EXPECT_EQ(set.at_or_after(0), std::nullopt);
  for (const std::size_t number : {0u, 63u, 64u, 4095u, 4096u, 262'144u, 299'999u}) set.insert(number);
  EXPECT_EQ(set.at_or_after(0), 0u);
  EXPECT_EQ(set.at_or_after(1), 63u);
  EXPECT_EQ(set.at_or_after(65), 4095u);
  EXPECT_EQ(set.at_or_after(4097), 262'144u);
  EXPECT_EQ(set.at_or_after(262'145), 299'999u);
  set.erase(299'999);
  EXPECT_EQ(set.at_or_after(262'145), std::nullopt);
  EXPECT_EQ(set.at_or_after(5'000'000), std::nullopt);
  set.erase(4096);
  EXPECT_EQ(set.at_or_after(4096), 262'144u);
}

TEST(NumberSet, OfNothingHasNoMember) {
  EXPECT_EQ(NumberSet(0).at_or_after(0), std::nullopt);
}

}  // namespace
}  // namespace heapjudge
