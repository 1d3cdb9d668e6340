// Figures of a trace, on traces small enough to count by hand.
#include "trace/analysis.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "trace/generate.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

Trace trace_of(const std::string& requests, std::uint32_t ids = 8) {
  const auto count = std::ranges::count(requests, '\n');
  return parse_trace("t.rep",
                     "1000\n" + std::to_string(ids) + "\n" + std::to_string(count) + "\n1\n" + requests);
}

TEST(Analysis, CountsRequestsBlocksAndThePeak) {
  const Trace trace = trace_of("a 0 100\na 1 50\nr 0 200\nf 1\na 1 10\nf 0\n");
  const TraceAnalysis analysis = analyse(trace);
  EXPECT_EQ(analysis.by_op, (std::array<std::uint64_t, 7>{3, 2, 1, 0, 0, 0, 0}));
  EXPECT_EQ(analysis.allocations, 3u);
  EXPECT_EQ(analysis.never_freed, 1u);
  EXPECT_EQ(analysis.most_blocks, 2u);
  EXPECT_EQ(analysis.peak, (PayloadPeak{.bytes = 250, .request = 3}));
  EXPECT_EQ(analysis.requested_bytes, 360u);
  EXPECT_EQ(analysis.largest_bytes, 200u);
}

TEST(Analysis, AgreesWithThePeakOfTheJudge) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Trace trace = random_trace(seed, 300, kP3Mix);
    EXPECT_EQ(analyse(trace, 1 << 20).peak, payload_peak(trace, 1 << 20)) << "seed " << seed;
  }
}

TEST(Analysis, SamplesTheLiveBytesEvenlyAndTheLastRequest) {
  const TraceAnalysis few = analyse(trace_of("a 0 100\nf 0\n"));
  ASSERT_EQ(few.samples.size(), 2u);
  EXPECT_EQ(few.samples[0].bytes, 100u);
  EXPECT_EQ(few.samples[0].blocks, 1u);
  EXPECT_EQ(few.samples[1].bytes, 0u);
  const TraceAnalysis many = analyse(random_trace(1, 10'000));
  EXPECT_LE(many.samples.size(), 256u);
  EXPECT_GT(many.samples.size(), 200u);
  EXPECT_EQ(many.samples.back().request, 10'000u);
}

TEST(Analysis, SortsSizesAndLifetimesByTheirBinaryDigits) {
  const TraceAnalysis analysis = analyse(trace_of("a 0 0\na 1 1\na 2 7\na 3 8\nf 3\nf 0\n"));
  EXPECT_EQ(analysis.sizes[0], 1u);
  EXPECT_EQ(analysis.sizes[1], 1u);
  EXPECT_EQ(analysis.sizes[3], 1u);
  EXPECT_EQ(analysis.sizes[4], 1u);
  EXPECT_EQ(analysis.lifetimes[1], 1u) << "one request from a 3 to f 3";
  EXPECT_EQ(analysis.lifetimes[3], 1u) << "five requests from a 0 to f 0";
}

TEST(Analysis, TellsHowBlocksAreResized) {
  const ResizeFigures figures =
      analyse(trace_of("a 0 10\nr 0 20\nr 0 30\nr 0 30\nr 0 5\nr 1 9\nr 0 0\nr 0 8\n")).resizes;
  EXPECT_EQ(figures.growing, 3u);
  EXPECT_EQ(figures.shrinking, 2u) << "to 5 and to 0";
  EXPECT_EQ(figures.same, 1u);
  EXPECT_EQ(figures.of_null, 1u);
  EXPECT_EQ(figures.to_zero, 1u);
  EXPECT_EQ(figures.most_of_one, 6u);
  EXPECT_EQ(figures.copied_bytes, 30u) << "10, then 20, then 0";
}

TEST(Analysis, BoundsUtilizationByHeadersAndRounding) {
  const TraceAnalysis analysis = analyse(trace_of("a 0 24\na 1 100\n"));
  const auto bound = [&](std::uint32_t header, std::uint32_t alignment) {
    for (const RoundingBound& one : analysis.bounds) {
      if (one.header_bytes == header && one.alignment == alignment) return one.utilization;
    }
    return -1.0;
  };
  EXPECT_DOUBLE_EQ(bound(0, 8), 124.0 / (24 + 104));
  EXPECT_DOUBLE_EQ(bound(0, 16), 124.0 / (32 + 112));
  EXPECT_DOUBLE_EQ(bound(4, 8), 124.0 / (32 + 104));
  EXPECT_DOUBLE_EQ(bound(8, 16), 124.0 / (32 + 112));
  EXPECT_DOUBLE_EQ(bound(16, 16), 124.0 / (48 + 128));
}

TEST(Analysis, TakesTheCostliestMomentForTheBound) {
  // Many small blocks cost more than the one large block at the peak of payload.
  const TraceAnalysis analysis = analyse(trace_of("a 0 1\na 1 1\na 2 1\nf 0\nf 1\nf 2\na 3 16\n"));
  EXPECT_DOUBLE_EQ(analysis.bounds[4].utilization, 16.0 / 48)
      << "three times 16, for 16 bytes of payload at most";
}

TEST(Analysis, PassesOverWhatIsBeyondTheLimit) {
  const TraceAnalysis analysis = analyse(trace_of("a 0 10\na 1 1000\nr 0 2000\nf 1\n"), 100);
  EXPECT_EQ(analysis.beyond_limit, 2u);
  EXPECT_EQ(analysis.allocations, 1u);
  EXPECT_EQ(analysis.peak.bytes, 10u);
  EXPECT_EQ(analysis.largest_bytes, 1000u + 1000u);
}

TEST(Analysis, StartsAfreshWithInit) {
  const TraceAnalysis analysis = analyse(trace_of("a 0 10\ni\na 0 20\nf 0\n"));
  EXPECT_EQ(analysis.peak.bytes, 20u);
  EXPECT_EQ(analysis.never_freed, 0u);
  EXPECT_EQ(analysis.allocations, 2u);
}

}  // namespace
}  // namespace heapjudge
