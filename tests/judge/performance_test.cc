// Utilization and throughput as points: each number computed by hand, in the comment beside it.
#include <gtest/gtest.h>

#include <vector>

#include "tests/judge/outcomes.h"

namespace heapjudge {
namespace {

struct Worked {
  const char* what;
  PerformanceRules rules;  // of the throughput, 40 points
  std::vector<Result> results;
  double mean;
  double points;
};

TEST(Throughput, EarnsByMeanAndCurve) {
  const PerformanceRules arithmetic{.points = 40};
  const PerformanceRules harmonic{.points = 40, .mean = Mean::kHarmonic};
  const PerformanceRules geometric{.points = 40, .mean = Mean::kGeometric};
  const PerformanceRules total{.points = 40, .mean = Mean::kTotal};
  const PerformanceRules ramp{.points = 40, .curve = {.zero = 0.5, .full = 0.9}};
  const PerformanceRules each{.points = 40, .curve_of = CurveOf::kTrace};
  const PerformanceRules each_geometric{.points = 40, .mean = Mean::kGeometric, .curve_of = CurveOf::kTrace};
  const PerformanceRules each_ramp{
      .points = 40, .curve = {.zero = 0.5, .full = 0.9}, .curve_of = CurveOf::kTrace};
  const std::vector<Worked> table{
      // (0.5 + 0.75) / 2 = 0.625; 40 * 0.625
      {"arithmetic", arithmetic, {{1, 0.5}, {1, 0.75}}, 0.625, 25},
      // (3 * 0.5 + 1 * 0.9) / 4 = 0.6; 40 * 0.6
      {"by weight", arithmetic, {{1, 0.5, 3}, {1, 0.9, 1}}, 0.6, 24},
      // 2 / (1 / 0.5 + 1 / 1) = 2 / 3
      {"harmonic", harmonic, {{1, 0.5}, {1, 1}}, 2.0 / 3, 80.0 / 3},
      // sqrt(0.25 * 1) = 0.5
      {"geometric", geometric, {{1, 0.25}, {1, 1}}, 0.5, 20},
      // The reference needs 1 + 9 s, the submission 1 / 0.5 + 9 / 1.5 = 8 s: 10 / 8; the curve ends at 1
      {"total", total, {{1, 0.5, 1, 1}, {1, 1.5, 1, 9}}, 1.25, 40},
      // 1 + 3 s, and 1 / 0.25 + 3 / 0.75 = 8 s: 4 / 8
      {"total below the reference", total, {{1, 0.25, 1, 1}, {1, 0.75, 1, 3}}, 0.5, 20},
      // (0.7 - 0.5) / 0.4 = 0.5
      {"on a ramp", ramp, {{1, 0.7}}, 0.7, 20},
      {"at its foot", ramp, {{1, 0.5}}, 0.5, 0},
      {"below it", ramp, {{1, 0.1}}, 0.1, 0},
      {"at its top", ramp, {{1, 0.9}}, 0.9, 40},
      {"above it", ramp, {{1, 3}}, 3, 40},
      // Mean 1.25, so all points; but each for itself: (0.5 + 1) / 2 = 0.75
      {"mean of all", arithmetic, {{1, 0.5}, {1, 2}}, 1.25, 40},
      {"each trace", each, {{1, 0.5}, {1, 2}}, 1.25, 30},
      // sqrt(0.25 * 1) = 0.5, though the speeds' own mean is sqrt(0.25 * 4) = 1
      {"each trace, geometric", each_geometric, {{1, 0.25}, {1, 4}}, 1, 20},
      // ((0.6 - 0.5) / 0.4 + 1) / 2 = 0.625
      {"each trace on a ramp", each_ramp, {{1, 0.6}, {1, 1}}, 0.8, 25},
      // One of two failed: half of 40 * 0.5, whatever the mean
      {"a failed one, arithmetic", arithmetic, {{1, 0.5}, {kFailed}}, 0.5, 10},
      {"a failed one, harmonic", harmonic, {{1, 0.5}, {kFailed}}, 0.5, 10},
      {"a failed one, geometric", geometric, {{1, 0.5}, {kFailed}}, 0.5, 10},
      {"a failed one, total", total, {{1, 0.5}, {kFailed}}, 0.5, 10},
      {"a failed one, on a ramp", ramp, {{1, 0.9}, {kFailed}}, 0.9, 20},
      {"a failed one, beside one above the curve", arithmetic, {{1, 3}, {kFailed}}, 3, 20},
      {"a failed one, each trace", each, {{1, 0.5}, {kFailed}}, 0.5, 10},
      // By weight: 1 of 4 passed
      {"a heavy failed one", arithmetic, {{1, 0.8, 1}, {kFailed, kUnknown, 3}}, 0.8, 8},
  };
  for (const Worked& worked : table) {
    SCOPED_TRACE(worked.what);
    Rubric rubric = plain_rubric();
    rubric.scoring.throughput = worked.rules;
    const GradeSheet sheet = graded(rubric, worked.results);
    ASSERT_TRUE(sheet.throughput && sheet.throughput->mean);
    EXPECT_NEAR(*sheet.throughput->mean, worked.mean, 1e-12);
    EXPECT_NEAR(sheet.throughput->points, worked.points, 1e-12);
    EXPECT_EQ(sheet.throughput->max_points, 40);
  }
}

TEST(Utilization, EarnsByMeanAndCurve) {
  const auto points = [](PerformanceRules rules, const std::vector<Result>& results) {
    Rubric rubric = plain_rubric();
    rules.points = 60;
    rubric.scoring.utilization = rules;
    return graded(rubric, results).utilization->points;
  };
  // 2 / (1 / 1 + 1 / 0.25) = 0.4
  EXPECT_DOUBLE_EQ(points({.mean = Mean::kHarmonic}, {{1.0}, {0.25}}), 24);
  EXPECT_DOUBLE_EQ(points({.mean = Mean::kGeometric}, {{1.0}, {0.25}}), 30);
  // A heap that was never used well is no failure.
  EXPECT_EQ(points({.mean = Mean::kGeometric}, {{0.0}, {0.25}}), 0);
  EXPECT_DOUBLE_EQ(points({.curve = {.full = 0.8}}, {{0.4}}), 30);
  EXPECT_DOUBLE_EQ(points({.curve = {.full = 0.8}}, {{0.9}}), 60);
  // (0.645 - 0.55) / 0.19 = 0.5
  EXPECT_NEAR(points({.curve = {.zero = 0.55, .full = 0.74}}, {{0.645}}), 30, 1e-12);
}

TEST(Performance, BothHalvesMakeTheScore) {
  const GradeSheet sheet = graded(plain_rubric(), {{0.9, 0.5}, {0.5, 0.4}});
  EXPECT_DOUBLE_EQ(sheet.utilization->points, 42);  // 60 * 0.7
  EXPECT_DOUBLE_EQ(sheet.throughput->points, 18);   // 40 * 0.45
  EXPECT_DOUBLE_EQ(*sheet.score, 60);
  EXPECT_DOUBLE_EQ(sheet.max_score, 100);
}

TEST(Performance, ATraceTellsWhatItEarnsAndWhatItCouldStillBring) {
  const GradeSheet sheet = graded(plain_rubric(), {{0.9, 0.5}, {0.5, 0.4}});
  const TraceRow& row = sheet.traces[0];
  EXPECT_DOUBLE_EQ(*row.utilization_points, 27);  // 60 * 0.9 / 2
  EXPECT_DOUBLE_EQ(*row.throughput_points, 10);   // 40 * 0.5 / 2
  EXPECT_DOUBLE_EQ(*row.points, 37);
  EXPECT_DOUBLE_EQ(*row.utilization_to_gain, 3);  // 60 * 0.1 / 2
  EXPECT_DOUBLE_EQ(*row.throughput_to_gain, 10);  // 40 * 0.5 / 2
  EXPECT_DOUBLE_EQ(*row.to_gain, 13);
}

TEST(Performance, AFailedTraceCanBringAllItsPoints) {
  const GradeSheet sheet = graded(plain_rubric(), {{0.9, 0.5}, {kFailed}});
  EXPECT_EQ(*sheet.traces[1].points, 0);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].utilization_to_gain, 30);  // 60 * (0.9 + 1) / 2 - 60 * 0.9 / 2
  EXPECT_DOUBLE_EQ(*sheet.traces[1].throughput_to_gain, 20);   // 40 * (0.5 + 1) / 2 - 40 * 0.5 / 2
}

TEST(Performance, OfTheTotalATraceThatWasNotMeasuredIsTakenForAUsualOne) {
  Rubric rubric = plain_rubric();
  rubric.scoring.throughput.mean = Mean::kTotal;
  const GradeSheet sheet = graded(rubric, {{1, 0.5, 1, 4}, {kFailed}});
  // 40 * (4 + 4) / (4 / 0.5 + 4 / 1) = 80 / 3; now 40 * 0.5 / 2 = 10
  EXPECT_DOUBLE_EQ(*sheet.traces[1].throughput_to_gain, 80.0 / 3 - 10);
}

TEST(Performance, ATraceCountsForWhatTheRubricSays) {
  const GradeSheet sheet = graded(plain_rubric(), {{0.9, 0.5, 1, 1, Counts::kUtilization},
                                                   {0.5, 0.4, 1, 1, Counts::kThroughput},
                                                   {0.1, 0.1, 1, 1, Counts::kNone}});
  EXPECT_DOUBLE_EQ(*sheet.utilization->mean, 0.9);
  EXPECT_DOUBLE_EQ(*sheet.throughput->mean, 0.4);
  EXPECT_TRUE(sheet.traces[0].utilization_points && !sheet.traces[0].throughput_points);
  EXPECT_TRUE(sheet.traces[1].throughput_points && !sheet.traces[1].utilization_points);
  EXPECT_FALSE(sheet.traces[2].points || sheet.traces[2].to_gain);
}

TEST(Performance, WithoutAMeasurementTheThroughputHasNoPointsToGive) {
  const GradeSheet unmeasured = graded(plain_rubric(), {{0.5}, {kFailed}});
  EXPECT_TRUE(unmeasured.throughput) << "the failed one could have been measured";
  EXPECT_EQ(unmeasured.throughput->points, 0);
  const GradeSheet nobody = graded(plain_rubric(), {{0.5}});
  EXPECT_FALSE(nobody.throughput);
  EXPECT_DOUBLE_EQ(*nobody.score, 30);
  EXPECT_DOUBLE_EQ(nobody.max_score, 60);
  const GradeSheet not_asked = grade(plain_rubric(), {}, {}, {result_of({0.5, 0.5}), result_of({kFailed})});
  EXPECT_FALSE(not_asked.throughput);
  EXPECT_DOUBLE_EQ(not_asked.max_score, 60);
}

TEST(Performance, WhereAllFailedNothingIsEarnedAndAllCouldBe) {
  const GradeSheet sheet = graded(plain_rubric(), {{kFailed}, {kFailed}});
  EXPECT_FALSE(sheet.utilization->mean || sheet.throughput->mean);
  EXPECT_EQ(sheet.score, 0);
  EXPECT_DOUBLE_EQ(sheet.max_score, 100);
}

TEST(Performance, ATraceThatPassedAndHasNoSpeedIsLeftOut) {
  const GradeSheet sheet = graded(plain_rubric(), {{0.5, 0.5}, {0.5}});
  EXPECT_DOUBLE_EQ(sheet.throughput->points, 20);
  EXPECT_EQ(sheet.throughput->total, 1u);
  EXPECT_FALSE(sheet.traces[1].throughput_points);
}

TEST(Performance, AThroughputWithoutPointsIsNotScored) {
  Rubric rubric = plain_rubric();
  rubric.scoring.throughput.points = 0;
  const GradeSheet sheet = graded(rubric, {{0.5, 0.5}});
  EXPECT_FALSE(sheet.throughput);
  EXPECT_FALSE(sheet.traces[0].throughput_points);
}

TEST(Performance, TheGeometricMeanOfBothHalvesIsWeightedByTheirPoints) {
  Rubric rubric = plain_rubric();
  rubric.scoring.combine = Combine::kGeometric;
  rubric.scoring.utilization.points = rubric.scoring.throughput.points = 50;
  // sqrt(0.64 * 0.25) = 0.4
  const GradeSheet sheet = graded(rubric, {{0.64, 0.25}});
  EXPECT_DOUBLE_EQ(*sheet.score, 40);
  EXPECT_DOUBLE_EQ(sheet.utilization->share, 0.64);
  EXPECT_DOUBLE_EQ(sheet.throughput->share, 0.25);
  EXPECT_DOUBLE_EQ(sheet.utilization->points, 20);
  EXPECT_DOUBLE_EQ(*sheet.traces[0].utilization_to_gain, 10);  // sqrt(0.25) = 0.5
  EXPECT_DOUBLE_EQ(*sheet.traces[0].throughput_to_gain, 40);   // sqrt(0.64) = 0.8
  EXPECT_DOUBLE_EQ(*sheet.traces[0].to_gain, 60);
  rubric.scoring.utilization.points = 75;
  rubric.scoring.throughput.points = 25;
  // 0.0625^(1/4) = 0.5, 1^(3/4) = 1
  EXPECT_DOUBLE_EQ(*graded(rubric, {{1, 0.0625}}).score, 50);
}

TEST(Performance, WithoutSpeedsTheGeometricMeanIsTheUtilizationAlone) {
  Rubric rubric = plain_rubric();
  rubric.scoring.combine = Combine::kGeometric;
  EXPECT_DOUBLE_EQ(*graded(rubric, {{0.64}}).score, 60 * 0.64);
}

}  // namespace
}  // namespace heapjudge
