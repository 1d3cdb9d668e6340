#include "judge/bench.h"

#include <gtest/gtest.h>

namespace heapjudge {
namespace {

BenchCell cell(double utilization, double speed, double reference_cost = 1) {
  return {.utilization = utilization,
          .speed = Measurement{.speed = speed, .subject_cost = reference_cost / speed, .reference_cost = reference_cost}};
}

BenchSheet sheet_of(std::vector<BenchEntry> entries) {
  BenchSheet sheet{.reference = "r", .traces = {"one", "two"}, .requests = {10, 20}, .weights = {1, 1}, .entries = std::move(entries)};
  compare(sheet);
  return sheet;
}

TEST(Bench, TakesTheMeansOverTheTraces) {
  const BenchSheet sheet = sheet_of({{.name = "a", .cells = {cell(0.5, 1), cell(0.7, 3)}}});
  EXPECT_DOUBLE_EQ(*sheet.entries[0].utilization, 0.6);
  EXPECT_DOUBLE_EQ(*sheet.entries[0].speed, 2);
  EXPECT_EQ(sheet.entries[0].passed, 2u);
}

TEST(Bench, TakesTheMeanOfTheRubric) {
  BenchSheet sheet = sheet_of({{.name = "a", .cells = {cell(0.5, 1, 3), cell(0.5, 4, 1)}}});
  sheet.speed_mean = Mean::kGeometric;
  compare(sheet);
  EXPECT_DOUBLE_EQ(*sheet.entries[0].speed, 2);
  sheet.speed_mean = Mean::kTotal;  // 3 + 1 seconds of the reference, 3 + 1/4 of its own
  compare(sheet);
  EXPECT_DOUBLE_EQ(*sheet.entries[0].speed, 4 / 3.25);
}

TEST(Bench, WeighsTheTraces) {
  BenchSheet sheet = sheet_of({{.name = "a", .cells = {cell(0.5, 1), cell(0.8, 4)}}});
  sheet.weights = {2, 1};
  compare(sheet);
  EXPECT_DOUBLE_EQ(*sheet.entries[0].utilization, 0.6);
  EXPECT_DOUBLE_EQ(*sheet.entries[0].speed, 2);
}

TEST(Bench, AFailureLeavesTheMeansToTheOtherTraces) {
  const BenchSheet sheet = sheet_of({{.name = "a", .cells = {cell(0.5, 1), {.failure = "E103 at 6"}}}});
  EXPECT_EQ(sheet.entries[0].passed, 1u);
  EXPECT_DOUBLE_EQ(*sheet.entries[0].utilization, 0.5);
  EXPECT_FALSE(sheet.entries[0].on_frontier);
}

TEST(Bench, TheFrontierIsWhatNobodyBeatsInBoth) {
  const BenchSheet sheet = sheet_of({{.name = "tight", .cells = {cell(0.9, 1), cell(0.9, 1)}},
                                     {.name = "fast", .cells = {cell(0.5, 3), cell(0.5, 3)}},
                                     {.name = "beaten", .cells = {cell(0.5, 0.9), cell(0.5, 0.9)}},
                                     {.name = "between", .cells = {cell(0.7, 2), cell(0.7, 2)}}});
  EXPECT_TRUE(sheet.entries[0].on_frontier);
  EXPECT_TRUE(sheet.entries[1].on_frontier);
  EXPECT_FALSE(sheet.entries[2].on_frontier);
  EXPECT_TRUE(sheet.entries[3].on_frontier);
}

TEST(Bench, EqualsShareTheFrontier) {
  const BenchSheet sheet = sheet_of(
      {{.name = "a", .cells = {cell(0.5, 1), cell(0.5, 1)}}, {.name = "b", .cells = {cell(0.5, 1), cell(0.5, 1)}}});
  EXPECT_TRUE(sheet.entries[0].on_frontier);
  EXPECT_TRUE(sheet.entries[1].on_frontier);
}

TEST(Bench, OneThatDoesNotBuildHasNothing) {
  const BenchSheet sheet = sheet_of({{.name = "a", .failure = "does not build"}});
  EXPECT_FALSE(sheet.entries[0].utilization);
  EXPECT_FALSE(sheet.entries[0].on_frontier);
}

}  // namespace
}  // namespace heapjudge
