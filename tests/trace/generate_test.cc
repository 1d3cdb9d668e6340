// Generated traces: the same for the same seed, within their settings, and all the small ones.
#include "trace/generate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "trace/live_blocks.h"
#include "trace/random.h"
#include "trace/rep_format.h"
#include "trace/statistics.h"

namespace heapjudge {
namespace {

using Family = std::function<Trace(const FamilySettings&)>;

const std::array<Family, 8> kFamilies{random_mixed, bimodal, log_normal,     alternate_survivors,
                                      coalesce,     stack,   realloc_growth, queue};

std::size_t most_live_blocks(const Trace& trace) {
  std::set<BlockId> live;
  std::size_t most = 0;
  for (const Request& request : trace.requests()) {
    if (request.op == Op::kFree) {
      live.erase(request.block);
    } else {
      live.insert(request.block);
    }
    most = std::max(most, live.size());
  }
  return live.empty() ? most : SIZE_MAX;
}

TEST(Random, IsTheSplitMix64OfItsAuthors) {
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317u);
  EXPECT_EQ(random.next(), 3203168211198807973u);
}

TEST(Families, AreTheSameForTheSameSeedAndOthersForAnother) {
  for (const Family& family : kFamilies) {
    EXPECT_EQ(family({.seed = 5}), family({.seed = 5}));
    EXPECT_FALSE(family({.seed = 5}) == family({.seed = 6}));
  }
}

TEST(Families, HoldToTheirSettings) {
  for (std::size_t i = 0; i < kFamilies.size(); ++i) {
    SCOPED_TRACE("family " + std::to_string(i));
    const Trace trace =
        kFamilies[i]({.name = "f", .seed = 9, .requests = 3000, .live_blocks = 200, .largest_bytes = 2000});
    EXPECT_EQ(trace.name(), "f");
    EXPECT_GT(trace.requests().size(), 1000u);
    EXPECT_LE(trace.requests().size(), 3000u);
    EXPECT_LE(most_live_blocks(trace), 202u) << "or a block is left at the end";
    for (const Request& request : trace.requests()) {
      if (request.op == Op::kFree) continue;
      EXPECT_GE(request.size, 1u);
      EXPECT_LE(request.size, 2000u + 2000u / 8);
    }
  }
}

bool has_zero_size(const Trace& trace) {
  for (const Request& request : trace.requests()) {
    if (asks_for_block(request.op) && payload_bytes(request) == 0) return true;
  }
  return false;
}

bool has_huge_size(const Trace& trace) {
  for (const Request& request : trace.requests()) {
    if (asks_for_block(request.op) && payload_bytes(request) >= std::uint64_t{1} << 32) return true;
  }
  return false;
}

TEST(RandomTraces, OfTierP0AreSane) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Trace trace = random_trace(seed, 300, kP0Mix);
    EXPECT_EQ(trace.requests().size(), 300u);
    LiveBlocks live(trace.block_count());
    for (std::size_t i = 0; i < trace.requests().size(); ++i) {
      const Request& request = trace.requests()[i];
      ASSERT_TRUE(request.op == Op::kMalloc || request.op == Op::kFree || request.op == Op::kRealloc);
      ASSERT_NE(request.block, kNoBlock);
      if (request.op != Op::kFree) {
        ASSERT_GE(request.size, 1u);
        ASSERT_LE(request.size, kP0Mix.largest_bytes);
      }
      if (request.op == Op::kRealloc) {
        ASSERT_EQ(live.state_of(request.block), BlockState::kLive);
      }
      live.apply(request, trace.requests().first(i));
    }
  }
}

TEST(RandomTraces, EachTierAddsItsOwn) {
  const Trace p1 = random_trace(1, 3000, kP1Mix);
  EXPECT_TRUE(has_zero_size(p1) && uses(p1, Op::kCalloc) && uses(p1, Op::kInit));
  EXPECT_FALSE(has_huge_size(p1) || uses(p1, Op::kRefuse) || uses(p1, Op::kAligned));
  const Trace p2 = random_trace(1, 3000, kP2Mix);
  EXPECT_TRUE(uses(p2, Op::kRefuse));
  EXPECT_FALSE(has_huge_size(p2) || uses(p2, Op::kAligned));
  const Trace p3 = random_trace(1, 3000, kP3Mix);
  EXPECT_TRUE(has_huge_size(p3) && uses(p3, Op::kAligned));
}

TEST(RandomTraces, AreTheSameForTheSameSeed) {
  EXPECT_EQ(random_trace(7, 500, kP3Mix), random_trace(7, 500, kP3Mix));
  EXPECT_FALSE(random_trace(7, 500, kP3Mix) == random_trace(8, 500, kP3Mix));
}

TEST(SmallTraces, OfTwoRequestsOverOneSizeAreThese) {
  const std::array<std::uint64_t, 1> sizes{8};
  std::vector<std::string> seen;
  for_each_small_trace(2, sizes, [&seen](const Trace& trace) {
    const std::string text = print_trace(trace);
    seen.push_back(text.substr(text.find('a')));
  });
  EXPECT_EQ(seen, (std::vector<std::string>{"a 0 8\n", "a 0 8\na 1 8\n", "a 0 8\nr 0 8\n", "a 0 8\nf 0\n"}));
}

// The number of traces of `requests` more when `live` blocks are live, counted without making them.
std::uint64_t count_small(std::size_t requests, std::uint64_t live, std::uint64_t sizes) {
  if (requests == 0) return 0;
  return sizes * (1 + count_small(requests - 1, live + 1, sizes)) +
         live * sizes * (1 + count_small(requests - 1, live, sizes)) +
         (live == 0 ? 0 : live * (1 + count_small(requests - 1, live - 1, sizes)));
}

TEST(SmallTraces, AreAllThereAndNoneTwice) {
  const std::array<std::uint64_t, 3> sizes{1, 24, 4000};
  std::uint64_t count = 0;
  std::set<std::string> texts;
  for_each_small_trace(5, sizes, [&](const Trace& trace) {
    ++count;
    texts.insert(print_trace(trace));
  });
  EXPECT_EQ(count, count_small(5, 0, 3));
  EXPECT_EQ(texts.size(), count);
}

}  // namespace
}  // namespace heapjudge
