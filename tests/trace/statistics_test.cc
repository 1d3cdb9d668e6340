// The peak of the live payload, and which kinds of requests a trace has.
#include "trace/statistics.h"

#include <gtest/gtest.h>

#include <map>

#include "trace/generate.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

PayloadPeak peak_of(const std::string& lines, int ids, int count) {
  return payload_peak(
      parse_trace("t.rep", "20000\n" + std::to_string(ids) + "\n" + std::to_string(count) + "\n1\n" + lines));
}

TEST(PayloadPeak, IsTheLargestSumAndWhereItIsFirstReached) {
  EXPECT_EQ(peak_of("a 0 10\na 1 20\nf 0\na 2 10\nf 1\n", 3, 5), (PayloadPeak{.bytes = 30, .request = 2}));
}

TEST(PayloadPeak, OfNothingIsNothing) {
  EXPECT_EQ(peak_of("", 0, 0), PayloadPeak{});
  EXPECT_EQ(peak_of("f -1\na 0 0\ns 4\n", 1, 3), PayloadPeak{});
}

TEST(PayloadPeak, ReallocReplacesTheOldSize) {
  EXPECT_EQ(peak_of("a 0 10\nr 0 30\nr 0 5\na 1 20\n", 2, 4), (PayloadPeak{.bytes = 30, .request = 2}));
}

TEST(PayloadPeak, AfterAReallocToNothingNothingIsLeft) {
  EXPECT_EQ(peak_of("a 0 10\nr 0 0\na 0 8\n", 1, 3), (PayloadPeak{.bytes = 10, .request = 1}));
}

TEST(PayloadPeak, ARequestThatNobodyCanGrantChangesNothing) {
  const Trace trace = parse_trace("t.rep", "20000\n2\n4\n1\na 0 10\na 1 5000\nr 0 5000\nf 0\n");
  EXPECT_EQ(payload_peak(trace, 4096), (PayloadPeak{.bytes = 10, .request = 1}));
}

TEST(PayloadPeak, InitDropsEverything) {
  EXPECT_EQ(peak_of("a 0 10\ni\na 0 6\na 1 7\n", 2, 4), (PayloadPeak{.bytes = 13, .request = 4}));
}

TEST(PayloadPeak, CallocCountsItsProductAndAlignedItsSize) {
  EXPECT_EQ(peak_of("c 0 10 7\nm 1 4096 30\n", 2, 2), (PayloadPeak{.bytes = 100, .request = 2}));
}

TEST(PayloadPeak, HugeSumsStopAtTheLargestNumberAndComeBack) {
  EXPECT_EQ(peak_of("a 0 18446744073709551615\na 1 18446744073709551615\nf 0\nf 1\na 0 5\n", 2, 5),
            (PayloadPeak{.bytes = UINT64_MAX, .request = 1}));
}

TEST(PayloadPeak, AgreesWithAPlainSumOverAMap) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Trace trace = random_trace(seed, 200, kP2Mix);
    std::map<BlockId, std::uint64_t> live;
    PayloadPeak expected;
    for (std::size_t i = 0; i < trace.requests().size(); ++i) {
      const Request& request = trace.requests()[i];
      if (request.op == Op::kInit) live.clear();
      if (request.block != kNoBlock) live[request.block] = payload_bytes(request);
      std::uint64_t sum = 0;
      for (const auto& [block, size] : live) sum += size;
      if (sum > expected.bytes) expected = {.bytes = sum, .request = i + 1};
    }
    ASSERT_EQ(payload_peak(trace), expected);
  }
}

TEST(Uses, TellsWhichRequestsATraceHas) {
  const Trace trace = parse_trace("t.rep", "20000\n2\n2\n1\na 0 8\nc 1 2 8\n");
  EXPECT_TRUE(uses(trace, Op::kMalloc));
  EXPECT_TRUE(uses(trace, Op::kCalloc));
  EXPECT_FALSE(uses(trace, Op::kRealloc));
  EXPECT_FALSE(uses(trace, Op::kAligned));
}

}  // namespace
}  // namespace heapjudge
