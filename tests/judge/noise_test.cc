// When the score is withheld; and that no sheet, whatever came of the traces, holds a number out of its
// range.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "tests/judge/outcomes.h"

namespace heapjudge {
namespace {

// Half as fast as the reference, or a quarter or three quarters: 20 points of 40.
TraceResult wide_result() {
  TraceResult result = result_of({0.5, 0.5});
  result.measurement->speed_low = 0.25;
  result.measurement->speed_high = 0.75;
  return result;
}

TEST(Noise, WithheldIsTheScoreAndNothingElse) {
  TraceResult noisy = wide_result();
  noisy.name = "noisy";
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
  TraceResult noisy = wide_result();
  noisy.counts = Counts::kUtilization;
  EXPECT_TRUE(grade(plain_rubric(), {.measured = true}, {}, {noisy}).score);
  noisy.counts = Counts::kBoth;
  Rubric rubric = plain_rubric();
  rubric.scoring.throughput.points = 0;
  EXPECT_TRUE(grade(rubric, {.measured = true}, {}, {noisy}).score);
}

TEST(Noise, IsOfTheScoreAndNotOfATrace) {
  Rubric rubric = plain_rubric();
  std::vector<TraceResult> results(25, result_of({0.5, 0.5}));
  for (TraceResult& result : results) {
    result.measurement->speed_low = 0.45;
    result.measurement->speed_high = 0.55;
  }
  // Each of n speeds moves the score by 4 / n points, all of them together by 4 / sqrt(n).
  rubric.scoring.measuring.interval_points = 0.9;
  const std::vector<TraceResult> few(results.begin(), results.begin() + 16);
  EXPECT_TRUE(grade(rubric, {.measured = true}, {}, results).score);
  EXPECT_FALSE(grade(rubric, {.measured = true}, {}, few).score);
  EXPECT_EQ(grade(rubric, {.measured = true}, {}, few).noisy.size(), 16u);
}

TEST(Noise, BeyondTheFullMarkIsNone) {
  TraceResult fast = result_of({0.5, 3});
  fast.measurement->speed_low = 1.5;
  fast.measurement->speed_high = 6;
  EXPECT_TRUE(grade(plain_rubric(), {.measured = true}, {}, {fast}).score);
}

TEST(Noise, OfAHiddenTraceOnlyTheNameIsTold) {
  TraceResult noisy = wide_result();
  noisy.hidden = true;
  const GradeSheet sheet = grade(plain_rubric(), {.measured = true}, {}, {noisy});
  EXPECT_FALSE(sheet.score);
  ASSERT_EQ(sheet.noisy.size(), 1u);
  EXPECT_FALSE(sheet.noisy[0].measurement);
}

TEST(Noise, CannotSaveWhatAStaticFindingCosts) {
  TraceResult noisy = wide_result();
  const std::vector<StaticFinding> findings{
      {.fault = Fault::kForbiddenFunction, .subject = "", .message = ""}};
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
    r.scoring.measuring.interval_points = 1e6;
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
    if (all_shown) {
      ASSERT_NEAR(points, earned, 1e-9);
    }
  }
}

}  // namespace
}  // namespace heapjudge
