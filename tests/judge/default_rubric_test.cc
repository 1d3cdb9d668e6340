// The rubric in traces/: it holds what its comments and tiers promise.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "judge/rubric.h"
#include "tests/test_main.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

Rubric default_rubric() {
  return load_rubric(source_dir() / "traces" / "rubric.yaml");
}

bool is_sane(const Request& request) {
  switch (request.op) {
    case Op::kMalloc:
    case Op::kRealloc:
      return request.size > 0 && request.size < (100u << 20);
    case Op::kFree:
      return request.block != kNoBlock;
    case Op::kCalloc:
    case Op::kAligned:
    case Op::kInit:
    case Op::kRefuse:
      return false;
  }
  return false;
}

void expect_p0_is_sane(const Rubric& rubric) {
  for (const TraceEntry& entry : rubric.traces) {
    if (entry.tier != Tier::kP0) continue;
    const Trace trace = load_trace(entry.file);
    std::set<BlockId> live;
    for (const Request& request : trace.requests()) {
      ASSERT_TRUE(is_sane(request)) << entry.name;
      ASSERT_TRUE(request.op == Op::kMalloc || live.contains(request.block)) << entry.name;
      request.op == Op::kFree ? void(live.erase(request.block)) : void(live.insert(request.block));
    }
  }
}

// A classic submission, without calloc, without any thought of NULL, must be able to pass.
TEST(DefaultRubricTest, P0AsksForNothingButSaneMallocFreeAndRealloc) {
  expect_p0_is_sane(default_rubric());
  for (const auto& file : std::filesystem::directory_iterator(source_dir() / "traces" / "rubrics"))
    expect_p0_is_sane(load_rubric(file.path()));
}

TEST(DefaultRubricTest, HasFourteenToTwentyTraces) {
  const std::size_t traces = default_rubric().traces.size();
  EXPECT_GE(traces, 14u);
  EXPECT_LE(traces, 20u);
}

// A search through all blocks is not so slow that a student gives up waiting.
TEST(DefaultRubricTest, P0HasFewerThan400000Requests) {
  std::size_t requests = 0;
  for (const TraceEntry& entry : default_rubric().traces) {
    if (entry.tier == Tier::kP0) requests += load_trace(entry.file).requests().size();
  }
  EXPECT_LT(requests, 400'000u);
}

// Allocators with mem_map serve them in another way.
TEST(DefaultRubricTest, SomeTraceThatCountsHasBlocksOf128KiB) {
  const Rubric rubric = default_rubric();
  EXPECT_TRUE(std::ranges::any_of(rubric.traces, [](const TraceEntry& entry) {
    return entry.counts == Counts::kBoth &&
           std::ranges::any_of(load_trace(entry.file).requests(),
                               [](const Request& request) { return request.size >= (128u << 10); });
  }));
}

TEST(DefaultRubricTest, EveryTraceInTheFolderIsInItAndParses) {
  const Rubric rubric = default_rubric();
  std::set<std::string> listed;
  for (const TraceEntry& entry : rubric.traces) {
    listed.insert(entry.file.filename().string());
    EXPECT_FALSE(load_trace(entry.file).requests().empty()) << entry.name;
  }
  for (const auto& file : std::filesystem::directory_iterator(source_dir() / "traces")) {
    const std::string name = file.path().filename().string();
    EXPECT_TRUE(name.find(".rep") == std::string::npos || listed.contains(name)) << name;
  }
}

TEST(DefaultRubricTest, PerformanceEarnsAHundredPointsAndP0Decides) {
  const Rubric rubric = default_rubric();
  EXPECT_EQ(rubric.scoring.utilization.points, 60);
  EXPECT_EQ(rubric.scoring.throughput.points, 40);
  for (const Tier tier : kAllTiers) {
    EXPECT_EQ(rubric.rules_of(tier).points, 0);
    EXPECT_EQ(rubric.rules_of(tier).decides, tier == Tier::kP0);
    EXPECT_TRUE(std::any_of(rubric.traces.begin(), rubric.traces.end(), [tier](const TraceEntry& entry) {
      return entry.tier == tier;
    })) << name_of(tier);
  }
}

// In a short one the fixed costs of a measurement would decide.
TEST(DefaultRubricTest, OnlyTracesOfSomeThousandRequestsCountForTheThroughput) {
  for (const TraceEntry& entry : default_rubric().traces) {
    if (!counts_for_throughput(entry.counts)) continue;
    EXPECT_EQ(entry.tier, Tier::kP0) << entry.name;
    EXPECT_GE(load_trace(entry.file).requests().size(), 3000u) << entry.name;
  }
}

}  // namespace
}  // namespace heapjudge
