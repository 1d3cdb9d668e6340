// Grade sheets, each computed by hand.
#include "judge/grade.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace heapjudge {
namespace {

Rubric rubric() {
  Rubric rubric;
  rubric.rules_of(Tier::kP0) = {.points = 25, .decides = true};
  rubric.rules_of(Tier::kP1) = {.points = 7, .decides = false};
  rubric.rules_of(Tier::kP2) = {.points = 4, .decides = false};
  rubric.rules_of(Tier::kP3) = {.points = 4, .decides = false};
  return rubric;
}

Rubric without_repetition() {
  Rubric r = rubric();
  r.rerun = false;
  r.other_fill = false;
  return r;
}

HeapProfile profile(double utilization) {
  HeapProfile p;
  p.utilization = utilization;
  p.external_fraction = 1 - utilization;
  return p;
}

TraceResult sound(Tier tier, double utilization) {
  TraceResult result;
  result.name = "sound";
  result.tier = tier;
  result.utilization_counts = tier == Tier::kP0;
  result.examination = Examination{.finding = {}, .profile = profile(utilization), .isolation = "full"};
  return result;
}

TraceResult failed(Tier tier, Fault fault) {
  TraceResult result = sound(tier, 0.9);
  result.name = "failed";
  Finding finding;
  finding.fault = fault;
  if (fault == Fault::kInitDoesNotReset) finding.run = Run::kSecond;
  if (fault == Fault::kDependsOnOldBytes) finding.run = Run::kOtherFill;
  result.examination->finding = finding;
  const bool first_run_was_sound = fault == Fault::kInitDoesNotReset || fault == Fault::kDependsOnOldBytes;
  if (!first_run_was_sound) result.examination->profile.reset();
  return result;
}

TraceResult not_run(Tier tier) {
  TraceResult result;
  result.tier = tier;
  result.utilization_counts = tier == Tier::kP0;
  result.not_run = "mm_calloc is not defined";
  return result;
}

GradeSheet graded(const Rubric& r, std::vector<TraceResult> results) {
  return grade(r, {}, {}, std::move(results));
}

const TierRow& row_of(const GradeSheet& sheet, Tier tier) {
  for (const TierRow& row : sheet.tiers) {
    if (row.tier == tier) return row;
  }
  ADD_FAILURE() << "no row for " << name_of(tier);
  return sheet.tiers.front();
}

TEST(GradeTest, AllSoundEarnsTheMeanAndEveryTier) {
  const GradeSheet sheet =
      graded(without_repetition(), {sound(Tier::kP0, 0.9), sound(Tier::kP0, 0.5), sound(Tier::kP1, 0.1),
                                    sound(Tier::kP2, 0.1), sound(Tier::kP3, 0.1)});
  EXPECT_DOUBLE_EQ(*sheet.mean_utilization, 0.7);
  EXPECT_DOUBLE_EQ(sheet.utilization_points, 42);
  EXPECT_DOUBLE_EQ(sheet.score, 42 + 25 + 7 + 4 + 4);
  EXPECT_DOUBLE_EQ(sheet.max_score, 100);
  EXPECT_TRUE(sheet.correct);
  EXPECT_DOUBLE_EQ(*sheet.traces[0].points, 27);
  EXPECT_DOUBLE_EQ(*sheet.traces[0].to_gain, 3);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].points, 15);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].to_gain, 15);
  EXPECT_FALSE(sheet.traces[2].points);
}

TEST(GradeTest, AFailedTraceCountsZeroInTheMean) {
  const GradeSheet sheet =
      graded(without_repetition(), {sound(Tier::kP0, 0.8), failed(Tier::kP0, Fault::kOverlap)});
  EXPECT_DOUBLE_EQ(*sheet.mean_utilization, 0.4);
  EXPECT_DOUBLE_EQ(sheet.score, 24 + 12.5);
  EXPECT_DOUBLE_EQ(sheet.max_score, 85);
  EXPECT_FALSE(sheet.correct);
  EXPECT_FALSE(sheet.traces[1].passed);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].points, 0);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].to_gain, 30);
}

TEST(GradeTest, AFailureInATierThatDoesNotDecideLeavesTheSubmissionCorrect) {
  const GradeSheet sheet =
      graded(without_repetition(),
             {sound(Tier::kP0, 0.5), failed(Tier::kP1, Fault::kEdgeContract), sound(Tier::kP1, 0.5)});
  EXPECT_TRUE(sheet.correct);
  EXPECT_EQ(row_of(sheet, Tier::kP1).passed, 1u);
  EXPECT_EQ(row_of(sheet, Tier::kP1).total, 2u);
  EXPECT_DOUBLE_EQ(sheet.score, 30 + 25 + 3.5);
}

TEST(GradeTest, ARepetitionThatFailsIsChargedToTheRerunTierAlone) {
  const GradeSheet sheet =
      graded(rubric(), {sound(Tier::kP0, 1.0), failed(Tier::kP0, Fault::kInitDoesNotReset)});
  EXPECT_TRUE(sheet.correct);
  EXPECT_TRUE(sheet.traces[1].passed);
  EXPECT_DOUBLE_EQ(*sheet.mean_utilization, 0.95);
  EXPECT_EQ(row_of(sheet, Tier::kP0).passed, 2u);
  EXPECT_EQ(row_of(sheet, Tier::kP1).passed, 1u);
  EXPECT_EQ(row_of(sheet, Tier::kP1).total, 2u);
  EXPECT_DOUBLE_EQ(sheet.score, 57 + 25 + 3.5);
}

TEST(GradeTest, TheRepeatedChecksAreTwoItemsOfTheRerunTier) {
  const GradeSheet sheet = graded(rubric(), {sound(Tier::kP0, 1.0), sound(Tier::kP1, 1.0)});
  EXPECT_EQ(row_of(sheet, Tier::kP1).passed, 3u);
  EXPECT_EQ(row_of(sheet, Tier::kP1).total, 3u);
}

TEST(GradeTest, ARepeatedCheckThatWasNeverMadeIsNotPassed) {
  const GradeSheet sheet = graded(rubric(), {failed(Tier::kP0, Fault::kCrash), sound(Tier::kP1, 1.0)});
  EXPECT_EQ(row_of(sheet, Tier::kP1).passed, 1u);
  EXPECT_EQ(row_of(sheet, Tier::kP1).total, 3u);
}

TEST(GradeTest, OldBytesAreLookedForOnlyWhereInitResets) {
  const GradeSheet never = graded(rubric(), {failed(Tier::kP0, Fault::kInitDoesNotReset)});
  EXPECT_EQ(row_of(never, Tier::kP1).passed, 0u);
  const GradeSheet old_bytes = graded(rubric(), {failed(Tier::kP0, Fault::kDependsOnOldBytes)});
  EXPECT_EQ(row_of(old_bytes, Tier::kP1).passed, 1u);
  EXPECT_EQ(row_of(old_bytes, Tier::kP1).total, 2u);
}

TEST(GradeTest, ARepetitionThatFailsInTheRerunTierOrAboveCostsThatTraceOnly) {
  const Finding finding = *failed(Tier::kP1, Fault::kInitDoesNotReset).examination->finding;
  EXPECT_EQ(tier_charged(rubric(), Tier::kP0, finding), Tier::kP1);
  EXPECT_EQ(tier_charged(rubric(), Tier::kP1, finding), Tier::kP1);
  EXPECT_EQ(tier_charged(rubric(), Tier::kP3, finding), Tier::kP3);
  const GradeSheet sheet =
      graded(rubric(), {sound(Tier::kP0, 1.0), failed(Tier::kP1, Fault::kInitDoesNotReset)});
  EXPECT_EQ(row_of(sheet, Tier::kP1).passed, 2u);
  EXPECT_EQ(row_of(sheet, Tier::kP1).total, 3u);
}

// Found by --check; the trace itself orders no refusal.
TraceResult fails_when_refused(Tier tier) {
  TraceResult result = sound(tier, 0.8);
  Finding finding;
  finding.fault = Fault::kRefusalMishandled;
  finding.run = Run::kRefused;
  result.examination->finding = finding;
  return result;
}

GradeSheet graded_with_refusals(std::vector<TraceResult> results) {
  return grade(without_repetition(), {.refused_growths = true}, {}, std::move(results));
}

TEST(GradeTest, ARefusedGrowthThatIsMishandledCostsAnItemOfItsTierAndNotTheTrace) {
  const GradeSheet sheet = graded_with_refusals(
      {sound(Tier::kP0, 0.8), fails_when_refused(Tier::kP0), failed(Tier::kP0, Fault::kCrash)});
  EXPECT_TRUE(sheet.traces[1].passed);
  EXPECT_EQ(sheet.traces[1].charged, Tier::kP2);
  EXPECT_EQ(row_of(sheet, Tier::kP0).passed, 2u);
  EXPECT_EQ(row_of(sheet, Tier::kP2).passed, 0u);
  EXPECT_EQ(row_of(sheet, Tier::kP2).total, 1u);
  const RepeatedCheck check{.fault = Fault::kRefusalMishandled, .made = 2, .failed = 1};
  EXPECT_EQ(row_of(sheet, Tier::kP2).checks, std::vector{check});
  EXPECT_DOUBLE_EQ(*sheet.mean_utilization, 1.6 / 3);
}

TEST(GradeTest, RefusedGrowthsThatAreSurvivedEarnTheItem) {
  const GradeSheet sheet = graded_with_refusals({sound(Tier::kP0, 1.0), sound(Tier::kP2, 1.0)});
  EXPECT_EQ(row_of(sheet, Tier::kP2).passed, 2u);
  EXPECT_EQ(row_of(sheet, Tier::kP2).total, 2u);
  EXPECT_EQ(row_of(graded(without_repetition(), {sound(Tier::kP2, 1.0)}), Tier::kP2).total, 1u);
}

TEST(GradeTest, ARefusalThatTheTraceItselfOrdersIsItsOwnMatter) {
  Finding finding = *fails_when_refused(Tier::kP0).examination->finding;
  EXPECT_EQ(tier_charged(rubric(), Tier::kP0, finding), Tier::kP2);
  EXPECT_EQ(tier_charged(rubric(), Tier::kP3, finding), Tier::kP3);
  finding.run = Run::kFirst;
  EXPECT_EQ(tier_charged(rubric(), Tier::kP0, finding), Tier::kP0);
}

TEST(GradeTest, OtherFindingsAreChargedToTheTracesOwnTier) {
  const Finding crash = *failed(Tier::kP0, Fault::kCrash).examination->finding;
  EXPECT_EQ(tier_charged(rubric(), Tier::kP0, crash), Tier::kP0);
}

TEST(GradeTest, ATraceThatDidNotRunHasNotPassed) {
  const GradeSheet sheet =
      graded(without_repetition(), {sound(Tier::kP0, 1.0), not_run(Tier::kP0), not_run(Tier::kP1)});
  EXPECT_FALSE(sheet.correct);
  EXPECT_DOUBLE_EQ(*sheet.mean_utilization, 0.5);
  EXPECT_DOUBLE_EQ(sheet.score, 30 + 12.5);
  EXPECT_DOUBLE_EQ(sheet.max_score, 60 + 25 + 7);
}

TEST(GradeTest, AStaticFindingMakesTheScoreZeroAndKeepsTheRows) {
  const GradeSheet sheet =
      grade(rubric(), {}, {{.fault = Fault::kForbiddenFunction, .subject = "malloc", .message = ""}},
            {sound(Tier::kP0, 0.5)});
  EXPECT_FALSE(sheet.correct);
  EXPECT_EQ(sheet.score, 0);
  EXPECT_DOUBLE_EQ(sheet.max_score, 60 + 25 + 7);
  EXPECT_DOUBLE_EQ(sheet.utilization_points, 30);
  EXPECT_TRUE(sheet.traces[0].passed);
}

TEST(GradeTest, WeightsCount) {
  TraceResult heavy = sound(Tier::kP0, 1.0);
  heavy.weight = 3;
  const GradeSheet sheet = graded(without_repetition(), {heavy, sound(Tier::kP0, 0.2)});
  EXPECT_DOUBLE_EQ(*sheet.mean_utilization, 0.8);
  EXPECT_DOUBLE_EQ(*sheet.traces[0].points, 45);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].points, 3);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].to_gain, 12);
}

TEST(GradeTest, TheOtherMeans) {
  Rubric r = without_repetition();
  r.utilization_mean = Mean::kHarmonic;
  EXPECT_DOUBLE_EQ(*graded(r, {sound(Tier::kP0, 1.0), sound(Tier::kP0, 0.25)}).mean_utilization, 0.4);
  EXPECT_EQ(*graded(r, {sound(Tier::kP0, 1.0), failed(Tier::kP0, Fault::kCrash)}).mean_utilization, 0);
  r.utilization_mean = Mean::kGeometric;
  EXPECT_DOUBLE_EQ(*graded(r, {sound(Tier::kP0, 1.0), sound(Tier::kP0, 0.25)}).mean_utilization, 0.5);
  EXPECT_EQ(*graded(r, {sound(Tier::kP0, 0.0), sound(Tier::kP0, 0.25)}).mean_utilization, 0);
}

TEST(GradeTest, TheFullMarkIsReachedBeforeUtilizationOne) {
  Rubric r = without_repetition();
  r.full_utilization = 0.8;
  const GradeSheet half = graded(r, {sound(Tier::kP0, 0.4)});
  EXPECT_DOUBLE_EQ(half.utilization_points, 30);
  EXPECT_DOUBLE_EQ(*half.traces[0].to_gain, 30);
  EXPECT_DOUBLE_EQ(graded(r, {sound(Tier::kP0, 0.9)}).utilization_points, 60);
}

TEST(GradeTest, NothingJudgedIsNoNumberAtAll) {
  const GradeSheet sheet = graded(rubric(), {});
  EXPECT_FALSE(sheet.mean_utilization);
  EXPECT_TRUE(sheet.tiers.empty());
  EXPECT_EQ(sheet.score, 0);
  EXPECT_EQ(sheet.max_score, 0);
}

TEST(GradeTest, NoSheetHoldsANumberOutsideOfItsRange) {
  constexpr unsigned kSeed = 7;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 500; ++round) {
    Rubric r = rubric();
    r.utilization_mean = static_cast<Mean>(random() % 3);
    r.full_utilization = 0.1 + 0.1 * static_cast<double>(random() % 10);
    r.rerun_tier = kAllTiers[random() % 4];
    std::vector<TraceResult> results;
    for (auto n = random() % 6; n > 0; --n) {
      const Tier tier = kAllTiers[random() % 4];
      switch (random() % 5) {
        case 4:
          results.push_back(fails_when_refused(tier));
          break;
        case 0:
          results.push_back(failed(tier, Fault::kCrash));
          break;
        case 1:
          results.push_back(failed(tier, Fault::kInitDoesNotReset));
          break;
        case 2:
          results.push_back(not_run(tier));
          break;
        case 3:
          results.push_back(sound(tier, static_cast<double>(random() % 101) / 100));
          break;
      }
    }
    const GradeSheet sheet = graded(r, results);
    ASSERT_TRUE(std::isfinite(sheet.score));
    ASSERT_GE(sheet.score, 0);
    ASSERT_LE(sheet.score, sheet.max_score + 1e-9);
    double points = 0;
    for (const TraceRow& row : sheet.traces) {
      if (!row.points) continue;
      points += *row.points;
      ASSERT_GE(*row.to_gain, 0);
    }
    ASSERT_NEAR(points, sheet.utilization_points, 1e-9);
  }
}

}  // namespace
}  // namespace heapjudge
