// What has changed since an earlier run, and when points can be compared at all.
#include "judge/comparison.h"

#include <gtest/gtest.h>

#include "judge/grade.h"

namespace heapjudge {
namespace {

TraceRow row(const std::string& name, bool passed, double utilization) {
  TraceRow row;
  row.result.name = name;
  row.result.examination = Examination{};
  row.result.examination->profile = HeapProfile{};
  row.result.examination->profile->utilization = utilization;
  row.ran = true;
  row.passed = passed;
  row.points = utilization * 10;
  return row;
}

GradeSheet sheet(std::vector<TraceRow> rows, double score) {
  GradeSheet sheet;
  sheet.identity.rubric = "rubric.yaml";
  sheet.traces = std::move(rows);
  sheet.score = score;
  sheet.max_score = 20;
  return sheet;
}

PastRun monday() {
  return past_run_of(sheet({row("a", true, 0.5), row("b", false, 0.25)}, 5), "monday");
}

TEST(Comparison, TellsWhatIsNowMinusThen) {
  const Comparison comparison = compare(sheet({row("a", true, 0.75), row("b", true, 0.5)}, 12.5), monday());
  EXPECT_EQ(comparison.with, "monday");
  EXPECT_TRUE(comparison.same_terms);
  EXPECT_DOUBLE_EQ(comparison.score.value(), 7.5);
  ASSERT_EQ(comparison.traces.size(), 2u);
  EXPECT_DOUBLE_EQ(comparison.traces[0].points.value(), 2.5);
  EXPECT_DOUBLE_EQ(comparison.traces[0].utilization.value(), 0.25);
  EXPECT_EQ(comparison.traces[1].before, TraceState::kFailed);
}

TEST(Comparison, OfOtherTracesHasNoPoints) {
  const Comparison comparison = compare(sheet({row("b", true, 0.5), row("c", true, 0.5)}, 10), monday());
  EXPECT_FALSE(comparison.same_terms || comparison.score || comparison.traces[0].points);
  EXPECT_DOUBLE_EQ(comparison.traces[0].utilization.value(), 0.25);
  EXPECT_FALSE(comparison.traces[1].before.has_value());
}

TEST(Comparison, UnderAnotherRubricOrMaximumHasNoPoints) {
  GradeSheet other_rubric = sheet({row("a", true, 0.5), row("b", true, 0.5)}, 10);
  other_rubric.identity.rubric = "other.yaml";
  EXPECT_FALSE(compare(other_rubric, monday()).same_terms);
  GradeSheet other_maximum = sheet({row("a", true, 0.5), row("b", true, 0.5)}, 10);
  other_maximum.max_score = 60;
  EXPECT_FALSE(compare(other_maximum, monday()).same_terms);
}

TEST(Comparison, KnowsNoMoreOfAHiddenTraceThanWhetherItPassed) {
  TraceRow hidden = row("a", true, 0.5);
  hidden.result.hidden = true;
  const PastRun past = past_run_of(sheet({hidden}, 5), "monday");
  EXPECT_EQ(past.traces.at("a").state, TraceState::kPassed);
  EXPECT_FALSE(past.traces.at("a").utilization || past.traces.at("a").points);
}

TEST(Comparison, WithoutAScoreHasNoDifferenceOfScores) {
  GradeSheet noisy = sheet({row("a", true, 0.5), row("b", true, 0.5)}, 10);
  noisy.score.reset();
  EXPECT_TRUE(compare(noisy, monday()).same_terms);
  EXPECT_FALSE(compare(noisy, monday()).score.has_value());
}

}  // namespace
}  // namespace heapjudge
