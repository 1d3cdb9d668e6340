// Times of requests: counted where they belong, and told in figures.
#include "history/latency_grid.h"

#include <gtest/gtest.h>

#include <numeric>

#include "trace/rep_format.h"

namespace heapjudge {
namespace {

Trace small_trace() { return parse_trace("small.rep", "0\n2\n6\n1\na 0 10\na 1 20\nr 0 30\ni\na 0 8\nf 0\n"); }

TEST(Work, IsWhatTheAllocatorIsAskedFor) {
  EXPECT_EQ(work_of({.op = Op::kMalloc}), Work::kPlaces);
  EXPECT_EQ(work_of({.op = Op::kCalloc}), Work::kPlaces);
  EXPECT_EQ(work_of({.op = Op::kAligned}), Work::kPlaces);
  EXPECT_EQ(work_of({.op = Op::kRealloc}), Work::kResizes);
  EXPECT_EQ(work_of({.op = Op::kFree}), Work::kFrees);
  EXPECT_EQ(work_of({.op = Op::kInit}), std::nullopt);
  EXPECT_EQ(work_of({.op = Op::kRefuse}), std::nullopt);
}

TEST(TimeAxis, HoldsAllTimesInWholeDecades) {
  const Latencies one{.nanoseconds = {20, 30, 400, 1e9f, 50, 60}, .replays = 1};
  const Latencies other{.nanoseconds = {200, 300, 5000, 1e9f, 50, 60}, .replays = 1};
  EXPECT_EQ(time_axis(small_trace(), {&one}, {1, 6}), (TimeAxis{1, 3}));
  EXPECT_EQ(time_axis(small_trace(), {&one, &other}, {1, 6}), (TimeAxis{1, 4}));
  EXPECT_EQ(time_axis(small_trace(), {&one}, {1, 2}), (TimeAxis{1, 2}));
}

TEST(TimeAxis, IsThereWithoutATime) {
  const Latencies nothing{.nanoseconds = {0, 0, 0, 0, 0, 0}, .replays = 1};
  EXPECT_EQ(time_axis(small_trace(), {&nothing}, {1, 6}), (TimeAxis{0, 1}));
  EXPECT_EQ(time_axis(small_trace(), {}, {1, 6}), (TimeAxis{0, 1}));
}

TEST(TimeAxis, GoesByTheLogarithm) {
  const TimeAxis axis{1, 3};
  EXPECT_DOUBLE_EQ(axis.share_of(10), 0);
  EXPECT_DOUBLE_EQ(axis.share_of(100), 0.5);
  EXPECT_DOUBLE_EQ(axis.share_of(1000), 1);
  EXPECT_DOUBLE_EQ(axis.share_of(0), 0);
  EXPECT_DOUBLE_EQ(axis.share_of(1e6), 1);
}

TEST(LatencyGrid, CountsEachRequestOnceWhereItBelongs) {
  const Latencies latencies{.nanoseconds = {20, 30, 400, 999, 50, 1000}, .replays = 1};
  const LatencyGrid grid = latency_grid_of(small_trace(), latencies, {{1, 6}, {1, 3}, 3, 2});
  EXPECT_EQ(grid.at(Work::kPlaces, 0, 0), 2u);
  EXPECT_EQ(grid.at(Work::kResizes, 1, 1), 1u);
  EXPECT_EQ(grid.at(Work::kPlaces, 2, 0), 1u);
  EXPECT_EQ(grid.at(Work::kFrees, 2, 1), 1u);
  std::uint32_t all = 0;
  for (const auto& counts : grid.counts) all = std::accumulate(counts.begin(), counts.end(), all);
  EXPECT_EQ(all, 5u) << "mm_init is no work of these";
}

TEST(LatencyFigures, AreOfTheWindowAndOfOneWork) {
  const Latencies latencies{.nanoseconds = {20, 30, 400, 999, 50, 100}, .replays = 1};
  const LatencyFigures all = latency_figures(small_trace(), latencies, {1, 6});
  EXPECT_EQ(all.requests, 5u);
  EXPECT_EQ(all.median, 50);
  EXPECT_EQ(all.rare, 100);
  EXPECT_EQ(all.slowest, 400);
  EXPECT_EQ(all.slowest_request, 3u);
  EXPECT_EQ(all.total, 600);
  EXPECT_DOUBLE_EQ(all.share_of_slowest, 400.0 / 600);
  EXPECT_EQ(latency_figures(small_trace(), latencies, {4, 6}).slowest_request, 6u);
  EXPECT_EQ(latency_figures(small_trace(), latencies, {1, 6}, Work::kPlaces).requests, 3u);
  EXPECT_EQ(latency_figures(small_trace(), latencies, {4, 4}).requests, 0u);
}

}  // namespace
}  // namespace heapjudge
