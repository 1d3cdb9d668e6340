#include "trace/reorder.h"

#include <gtest/gtest.h>

#include <map>

#include "trace/generate.h"
#include "trace/rep_format.h"
#include "trace/statistics.h"

namespace heapjudge {
namespace {

std::map<BlockId, std::vector<Request>> by_block(const Trace& trace) {
  std::map<BlockId, std::vector<Request>> requests;
  for (const Request& request : trace.requests()) requests[request.block].push_back(request);
  return requests;
}

Trace parsed(const std::string& text) { return parse_trace("t.rep", text); }

TEST(Reordered, KeepsTheRequestsOfEachBlockInOrder) {
  const Trace trace = random_mixed({.requests = 4000});
  const Trace other = reordered(trace, 7);
  EXPECT_FALSE(other == trace);
  EXPECT_EQ(by_block(other), by_block(trace));
  EXPECT_EQ(other.name(), trace.name());
}

TEST(Reordered, NeverHasMorePayloadLive) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Trace trace = random_mixed({.seed = seed, .requests = 1000});
    EXPECT_LE(payload_peak(reordered(trace, seed)).bytes, payload_peak(trace).bytes) << "seed " << seed;
  }
}

TEST(Reordered, DependsOnTheSeedAlone) {
  const Trace trace = bimodal({.requests = 1000});
  EXPECT_TRUE(reordered(trace, 1) == reordered(trace, 1));
  EXPECT_FALSE(reordered(trace, 1) == reordered(trace, 2));
}

TEST(Reordered, LeavesAChainOfOneBlockAlone) {
  const Trace trace = parsed("20000\n1\n5\n1\na 0 8\nr 0 16\nr 0 32\nr 0 64\nf 0\n");
  for (std::uint64_t seed = 1; seed <= 20; ++seed) EXPECT_TRUE(reordered(trace, seed) == trace);
}

TEST(Reordered, StillNamesTheLineOfTheFile) {
  const Trace trace = parsed("20000\n4\n8\n1\na 0 8\na 1 16\na 2 24\na 3 32\nf 0\nf 1\nf 2\nf 3\n");
  const Trace other = reordered(trace, 3);
  ASSERT_FALSE(other == trace);
  for (std::size_t i = 0; i < other.requests().size(); ++i) {
    const Request& original = trace.requests()[other.line_of(i) - 5];
    EXPECT_EQ(other.requests()[i], original);
  }
}

TEST(Reordered, MovesNothingAcrossInitOrARefusedGrowth) {
  const Trace trace = random_trace(5, 2000, {.odd_cases = true, .refusals = true});
  const Trace other = reordered(trace, 5);
  const auto fixed_places = [](const Trace& t) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < t.requests().size(); ++i) {
      const Op op = t.requests()[i].op;
      if (op == Op::kInit || op == Op::kRefuse) places.push_back(i);
    }
    return places;
  };
  EXPECT_FALSE(fixed_places(trace).empty());
  EXPECT_EQ(fixed_places(other), fixed_places(trace));
}

}  // namespace
}  // namespace heapjudge
