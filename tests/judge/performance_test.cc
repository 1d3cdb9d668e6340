// Utilization and throughput as points: each number computed by hand, in the comment beside it.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "judge/grade.h"

namespace heapjudge {
namespace {

constexpr double kFailed = -1;    // as a utilization: the trace failed
constexpr double kUnknown = -1;   // as a speed: it was not measured

struct Result {
  double utilization = 0;
  double speed = kUnknown;
  double weight = 1;
  double reference_cost = 1;
  Counts counts = Counts::kBoth;
};

TraceResult result_of(const Result& r) {
  TraceResult result;
  result.name = "trace";
  result.weight = r.weight;
  result.counts = r.counts;
  result.requests = 1000;
  result.examination = Examination{};
  if (r.utilization < 0) {
    result.examination->finding = Finding{.fault = Fault::kOverlap};
    return result;
  }
  HeapProfile profile;
  profile.utilization = r.utilization;
  result.examination->profile = profile;
  if (r.speed < 0) return result;
  result.measurement = Measurement{.speed = r.speed,
                                   .speed_low = r.speed * 0.99,
                                   .speed_high = r.speed * 1.01,
                                   .pairs = 20,
                                   .subject_cost = r.reference_cost / r.speed,
                                   .reference_cost = r.reference_cost};
  return result;
}

// 60 points of utilization and 40 of throughput; no tier earns or costs any.
Rubric plain_rubric() {
  Rubric rubric;
  rubric.rerun = rubric.other_fill = false;
  rubric.rules_of(Tier::kP0).decides = true;
  rubric.scoring.throughput.curve_of = CurveOf::kMean;
  return rubric;
}

GradeSheet graded(const Rubric& rubric, const std::vector<Result>& results) {
  std::vector<TraceResult> all;
  for (const Result& result : results) all.push_back(result_of(result));
  return grade(rubric, {.measured = true}, {}, std::move(all));
}

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
  EXPECT_DOUBLE_EQ(*row.utilization_points, 27);      // 60 * 0.9 / 2
  EXPECT_DOUBLE_EQ(*row.throughput_points, 10);       // 40 * 0.5 / 2
  EXPECT_DOUBLE_EQ(*row.points, 37);
  EXPECT_DOUBLE_EQ(*row.utilization_to_gain, 3);      // 60 * 0.1 / 2
  EXPECT_DOUBLE_EQ(*row.throughput_to_gain, 10);      // 40 * 0.5 / 2
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

TEST(Noise, WithheldIsTheScoreAndNothingElse) {
  TraceResult noisy = result_of({0.5, 0.5});
  noisy.name = "noisy";
  noisy.measurement->steady = false;
  const GradeSheet sheet = grade(plain_rubric(), {.measured = true}, {}, {result_of({0.5, 0.5}), noisy});
  EXPECT_FALSE(sheet.score);
  EXPECT_TRUE(sheet.correct);
  EXPECT_DOUBLE_EQ(sheet.utilization->points, 30);
  EXPECT_DOUBLE_EQ(sheet.max_score, 100);
  ASSERT_EQ(sheet.noisy.size(), 1u);
  EXPECT_EQ(sheet.noisy[0].name, "noisy");
  EXPECT_EQ(sheet.noisy[0].measurement, noisy.measurement);
}

TEST(Noise, DoesNotMatterWhereTheSpeedIsNotScored) {
  TraceResult noisy = result_of({0.5, 0.5});
  noisy.measurement->steady = false;
  noisy.counts = Counts::kUtilization;
  EXPECT_TRUE(grade(plain_rubric(), {.measured = true}, {}, {noisy}).score);
  noisy.counts = Counts::kBoth;
  Rubric rubric = plain_rubric();
  rubric.scoring.throughput.points = 0;
  EXPECT_TRUE(grade(rubric, {.measured = true}, {}, {noisy}).score);
}

TEST(Noise, OfAHiddenTraceOnlyTheNameIsTold) {
  TraceResult noisy = result_of({0.5, 0.5});
  noisy.measurement->steady = false;
  noisy.hidden = true;
  const GradeSheet sheet = grade(plain_rubric(), {.measured = true}, {}, {noisy});
  EXPECT_FALSE(sheet.score);
  ASSERT_EQ(sheet.noisy.size(), 1u);
  EXPECT_FALSE(sheet.noisy[0].measurement);
}

TEST(Noise, CannotSaveWhatAStaticFindingCosts) {
  TraceResult noisy = result_of({0.5, 0.5});
  noisy.measurement->steady = false;
  const std::vector<StaticFinding> findings{{.fault = Fault::kForbiddenFunction, .subject = "", .message = ""}};
  EXPECT_EQ(grade(plain_rubric(), {.measured = true}, findings, {noisy}).score, 0);
}

class Arbitrary {
 public:
  explicit Arbitrary(unsigned seed) : random_(seed) {}

  Rubric rubric() {
    Rubric r;
    for (PerformanceRules* rules : {&r.scoring.utilization, &r.scoring.throughput}) {
      rules->mean = static_cast<Mean>(below(3));
      rules->curve = {.zero = 0.05 * below(8), .full = 0.5 + 0.1 * below(6)};
      rules->curve_of = static_cast<CurveOf>(below(2));
    }
    const bool total = below(4) == 0 && r.scoring.throughput.curve_of == CurveOf::kMean;
    if (total) r.scoring.throughput.mean = Mean::kTotal;
    r.scoring.combine = static_cast<Combine>(below(2));
    r.scoring.round_to = 0.1 * below(3);
    r.rules_of(Tier::kP0) = {.points = 10, .decides = true};
    for (const Tier tier : {Tier::kP1, Tier::kP2, Tier::kP3}) r.rules_of(tier).deduct = 10.0 * below(5);
    r.rerun_tier = kAllTiers[below(4)];
    return r;
  }

  TraceResult result() {
    TraceResult r = result_of({.utilization = below(4) == 0 ? kFailed : 0.01 * below(101),
                               .speed = below(4) == 0 ? kUnknown : 0.02 * (1 + below(100)),
                               .weight = 1.0 + below(3),
                               .reference_cost = 1.0 + below(9),
                               .counts = static_cast<Counts>(below(4))});
    r.tier = kAllTiers[below(4)];
    r.hidden = below(5) == 0;
    if (below(6) == 0) {
      r.examination.reset();
      r.measurement.reset();
    } else if (r.examination->finding && below(2) == 0) {
      r.examination->finding->run = static_cast<Run>(below(4));
      r.examination->profile = HeapProfile{.utilization = 0.5};
    }
    return r;
  }

  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }

 private:
  std::mt19937 random_;
};

TEST(Performance, NoSheetHoldsANumberOutsideOfItsRange) {
  constexpr unsigned kSeed = 7;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  Arbitrary arbitrary(kSeed);
  for (int round = 0; round < 2000; ++round) {
    std::vector<TraceResult> results;
    for (unsigned n = arbitrary.below(7); n > 0; --n) results.push_back(arbitrary.result());
    const GradeSheet sheet = grade(arbitrary.rubric(), {.measured = arbitrary.below(2) == 0}, {}, results);
    ASSERT_TRUE(sheet.score.has_value());
    ASSERT_TRUE(std::isfinite(*sheet.score));
    ASSERT_GE(*sheet.score, 0);
    ASSERT_LE(*sheet.score, sheet.max_score + 0.1);  // rounded
    double points = 0;
    bool all_shown = true;
    for (const TraceRow& row : sheet.traces) {
      points += row.points.value_or(0);
      ASSERT_GE(row.to_gain.value_or(0), 0);
      ASSERT_LE(row.to_gain.value_or(0), sheet.max_score + 1e-9);
      all_shown = all_shown && !row.result.hidden;
    }
    const double earned = (sheet.utilization ? sheet.utilization->points : 0) +
                          (sheet.throughput ? sheet.throughput->points : 0);
    if (all_shown) ASSERT_NEAR(points, earned, 1e-9);
  }
}

}  // namespace
}  // namespace heapjudge
