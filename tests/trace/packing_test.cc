// Packings: between the least possible and what first fit does, and without overlap.
#include "trace/packing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <map>

#include "trace/generate.h"
#include "trace/hole_tree.h"
#include "trace/random.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

Packing packed(const std::string& requests) {
  const auto count = std::ranges::count(requests, '\n');
  return pack(parse_trace("t.rep", "1000\n8\n" + std::to_string(count) + "\n1\n" + requests));
}

TEST(Packing, RoundsUpToTheAlignment) {
  EXPECT_EQ(packed("a 0 1\na 1 17\n").heap_bytes, 48u);
  EXPECT_EQ(packed("a 0 0\n").heap_bytes, 0u);
}

TEST(Packing, ReusesWhatIsFree) {
  const Packing packing = packed("a 0 160\nf 0\na 1 160\n");
  EXPECT_EQ(packing.heap_bytes, 160u);
  EXPECT_EQ(packing.least_bytes, 160u);
}

TEST(Packing, LetsAResizedBlockMoveOntoItself) {
  EXPECT_EQ(packed("a 0 160\nr 0 320\n").heap_bytes, 320u);
  EXPECT_EQ(packed("a 0 160\nr 0 150\n").heap_bytes, 160u) << "the same when rounded";
}

TEST(Packing, EmptiesTheHeapWithInit) {
  EXPECT_EQ(packed("a 0 160\na 1 160\ni\na 0 160\n").heap_bytes, 320u);
}

// First fit puts the survivor in the way: 0 goes, 1 stays above its hole, and 2 does not fit below.
TEST(Packing, KnowsTheFutureWhereFirstFitDoesNot) {
  const Packing packing = packed("a 0 64\na 1 16\nf 0\na 2 80\n");
  EXPECT_EQ(packing.least_bytes, 96u);
  EXPECT_EQ(packing.heap_bytes, 96u);
  EXPECT_NE(packing.method, PackingMethod::kFirstFit);
}

TEST(Packing, LiesBetweenTheLiveBytesAndAll) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Trace trace = random_trace(seed, 400, kP1Mix);
    const Packing packing = pack(trace);
    EXPECT_GE(packing.heap_bytes, packing.least_bytes) << "seed " << seed;
    EXPECT_LE(packing.heap_bytes, 3 * packing.least_bytes) << "seed " << seed;
  }
}

TEST(Packing, OfManyBlocksIsByFirstFitAlone) {
  const Trace trace = random_trace(3, 60'000);
  const Packing packing = pack(trace);
  EXPECT_FALSE(packing.all_methods);
  EXPECT_EQ(packing.method, PackingMethod::kFirstFit);
}

// The tree against a plain map.
TEST(HoleTree, FindsTheLowestRangeThatIsLargeEnough) {
  Random random(5);
  HoleTree tree;
  std::map<std::uint64_t, std::uint64_t> holes;
  std::map<std::uint64_t, std::uint64_t> taken{{0, 1 << 20}};
  for (int i = 0; i < 20'000; ++i) {
    if (random.one_in(2)) {  // give back a piece of what is taken
      const auto place = std::next(taken.begin(), static_cast<std::ptrdiff_t>(random.below(taken.size())));
      auto [offset, size] = *place;
      const std::uint64_t part = random.between(1, std::min<std::uint64_t>(size, 64));
      taken.erase(place);
      if (part < size) taken.emplace(offset + part, size - part);
      auto hole = holes.emplace(offset, part).first;
      if (const auto next = std::next(hole); next != holes.end() && next->first == offset + part) {
        hole->second += next->second;
        holes.erase(next);
      }
      if (hole != holes.begin() && std::prev(hole)->first + std::prev(hole)->second == offset) {
        hole = std::prev(hole);
        hole->second += std::next(hole)->second;
        holes.erase(std::next(hole));
      }
      const HoleTree::Range merged = tree.give_back({.offset = offset, .size = part});
      ASSERT_EQ(merged.offset, hole->first);
      ASSERT_EQ(merged.size, hole->second);
    } else {
      const std::uint64_t size = random.between(1, 80);
      const auto hole = std::ranges::find_if(holes, [size](const auto& h) { return h.second >= size; });
      const auto found = tree.take_lowest(size);
      ASSERT_EQ(found.has_value(), hole != holes.end());
      if (!found) continue;
      ASSERT_EQ(*found, hole->first);
      taken.emplace(hole->first, size);
      if (hole->second > size) holes.emplace(hole->first + size, hole->second - size);
      holes.erase(hole);
    }
  }
}

}  // namespace
}  // namespace heapjudge
