// Grade sheets, each computed by hand.
#include "judge/grade.h"

#include <gtest/gtest.h>

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
  result.counts = tier == Tier::kP0 ? Counts::kBoth : Counts::kNone;
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
  result.counts = tier == Tier::kP0 ? Counts::kBoth : Counts::kNone;
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
  EXPECT_DOUBLE_EQ(*sheet.utilization->mean, 0.7);
  EXPECT_DOUBLE_EQ(sheet.utilization->points, 42);
  EXPECT_DOUBLE_EQ(*sheet.score, 42 + 25 + 7 + 4 + 4);
  EXPECT_DOUBLE_EQ(sheet.max_score, 100);
  EXPECT_TRUE(sheet.correct);
  EXPECT_DOUBLE_EQ(*sheet.traces[0].points, 27);
  EXPECT_DOUBLE_EQ(*sheet.traces[0].to_gain, 3);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].points, 15);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].to_gain, 15);
  EXPECT_FALSE(sheet.traces[2].points);
}

TEST(GradeTest, AFailedTraceCostsItsOwnPointsAndNoOthers) {
  const GradeSheet sheet =
      graded(without_repetition(), {sound(Tier::kP0, 0.8), failed(Tier::kP0, Fault::kOverlap)});
  EXPECT_DOUBLE_EQ(*sheet.utilization->mean, 0.8);
  EXPECT_EQ(sheet.utilization->passed, 1u);
  EXPECT_EQ(sheet.utilization->total, 2u);
  EXPECT_DOUBLE_EQ(*sheet.score, 24 + 12.5);
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
  EXPECT_DOUBLE_EQ(*sheet.score, 30 + 25 + 3.5);
}

TEST(GradeTest, ARepetitionThatFailsIsChargedToTheRerunTierAlone) {
  const GradeSheet sheet =
      graded(rubric(), {sound(Tier::kP0, 1.0), failed(Tier::kP0, Fault::kInitDoesNotReset)});
  EXPECT_TRUE(sheet.correct);
  EXPECT_TRUE(sheet.traces[1].passed);
  EXPECT_DOUBLE_EQ(*sheet.utilization->mean, 0.95);
  EXPECT_EQ(row_of(sheet, Tier::kP0).passed, 2u);
  EXPECT_EQ(row_of(sheet, Tier::kP1).passed, 1u);
  EXPECT_EQ(row_of(sheet, Tier::kP1).total, 2u);
  EXPECT_DOUBLE_EQ(*sheet.score, 57 + 25 + 3.5);
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
  EXPECT_DOUBLE_EQ(sheet.utilization->share, 1.6 / 3);
}

TEST(GradeTest, RefusedGrowthsThatAreSurvivedEarnTheItem) {
  const GradeSheet sheet = graded_with_refusals({sound(Tier::kP0, 1.0), sound(Tier::kP2, 1.0)});
  EXPECT_EQ(row_of(sheet, Tier::kP2).passed, 2u);
  EXPECT_EQ(row_of(sheet, Tier::kP2).total, 2u);
  EXPECT_EQ(row_of(graded(without_repetition(), {sound(Tier::kP2, 1.0)}), Tier::kP2).total, 1u);
}

// Found with its own checker called.
TraceResult is_complained_about(Tier tier) {
  TraceResult result = sound(tier, 0.8);
  Finding finding;
  finding.fault = Fault::kOwnCheckerComplains;
  finding.run = Run::kOwnChecked;
  result.examination->finding = finding;
  return result;
}

TEST(GradeTest, AComplaintOfItsOwnCheckerCostsAnItemOfTheRerunTier) {
  const std::vector<TraceResult> results{sound(Tier::kP0, 0.8), is_complained_about(Tier::kP0)};
  const GradeSheet sheet = grade(without_repetition(), {.own_checker = "mm_checkheap"}, {}, results);
  EXPECT_TRUE(sheet.correct);
  EXPECT_TRUE(sheet.traces[1].passed);
  EXPECT_EQ(sheet.traces[1].charged, Tier::kP1);
  const RepeatedCheck check{.fault = Fault::kOwnCheckerComplains, .made = 2, .failed = 1};
  EXPECT_EQ(row_of(sheet, Tier::kP1).checks, std::vector{check});
}

TEST(GradeTest, ACheckerThatNobodyAsksOrThatIsNotThereIsNoItem) {
  const GradeSheet sheet = grade(without_repetition(), {}, {}, {sound(Tier::kP0, 0.8), sound(Tier::kP1, 0.8)});
  EXPECT_EQ(row_of(sheet, Tier::kP1).total, 1u);
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
  EXPECT_DOUBLE_EQ(sheet.utilization->share, 0.5);
  EXPECT_DOUBLE_EQ(*sheet.score, 30 + 12.5);
  EXPECT_DOUBLE_EQ(sheet.max_score, 60 + 25 + 7);
}

TEST(GradeTest, AStaticFindingMakesTheScoreZeroAndKeepsTheRows) {
  const GradeSheet sheet =
      grade(rubric(), {}, {{.fault = Fault::kForbiddenFunction, .subject = "malloc", .message = ""}},
            {sound(Tier::kP0, 0.5)});
  EXPECT_FALSE(sheet.correct);
  EXPECT_EQ(sheet.score, 0);
  EXPECT_DOUBLE_EQ(sheet.max_score, 60 + 25 + 7);
  EXPECT_DOUBLE_EQ(sheet.utilization->points, 30);
  EXPECT_TRUE(sheet.traces[0].passed);
}

TEST(GradeTest, ATierMayDeductForTheShareThatFails) {
  Rubric r = without_repetition();
  r.rules_of(Tier::kP0).points = 0;
  r.rules_of(Tier::kP1) = {.deduct = 8};
  const GradeSheet sheet =
      graded(r, {sound(Tier::kP0, 0.5), sound(Tier::kP1, 0.5), failed(Tier::kP1, Fault::kCrash)});
  EXPECT_DOUBLE_EQ(row_of(sheet, Tier::kP1).deducted, 4);
  EXPECT_DOUBLE_EQ(row_of(sheet, Tier::kP1).max_deducted, 8);
  EXPECT_DOUBLE_EQ(sheet.deducted, 4);
  EXPECT_DOUBLE_EQ(*sheet.score, 30 - 4);
  EXPECT_DOUBLE_EQ(sheet.max_score, 60);
}

TEST(GradeTest, NoDeductionMakesTheScoreNegative) {
  Rubric r = without_repetition();
  r.rules_of(Tier::kP0).points = 0;
  r.rules_of(Tier::kP1) = {.deduct = 50};
  const GradeSheet sheet = graded(r, {sound(Tier::kP0, 0.5), failed(Tier::kP1, Fault::kCrash)});
  EXPECT_DOUBLE_EQ(sheet.deducted, 50);
  EXPECT_EQ(sheet.score, 0);
}

TEST(GradeTest, AStaticFindingMayCostANumberOfPoints) {
  Rubric r = without_repetition();
  r.scoring.static_finding_points = 10;
  const GradeSheet sheet = grade(r, {},
                                 {{.fault = Fault::kForbiddenFunction, .subject = "malloc", .message = ""},
                                  {.fault = Fault::kTooMuchGlobalData, .subject = "pool", .message = ""}},
                                 {sound(Tier::kP0, 0.5)});
  EXPECT_FALSE(sheet.correct);
  EXPECT_DOUBLE_EQ(sheet.static_deducted, 20);
  EXPECT_DOUBLE_EQ(*sheet.score, 30 + 25 - 20);
}

struct Rounding {
  double step;
  double utilization;  // of 60 points
  double score;
};

TEST(GradeTest, TheScoreIsRoundedToTheStepOfTheRubric) {
  const Rounding table[] = {
      {0, 0.75, 45},       {0.1, 0.7109, 42.7},  // 42.654 -> 42.7
      {0.1, 0.7101, 42.6},                       // 42.606
      {0.5, 0.71, 42.5},   {1, 0.71, 43},        // 42.6
      {1, 0.725, 44},                            // 43.5, halves upwards
      {5, 0.71, 45},       {0.1, 0, 0},
  };
  for (const Rounding& c : table) {
    Rubric r = without_repetition();
    r.rules_of(Tier::kP0).points = 0;
    r.scoring.round_to = c.step;
    EXPECT_EQ(graded(r, {sound(Tier::kP0, c.utilization)}).score, c.score) << c.step << " " << c.utilization;
  }
}

TEST(GradeTest, AHiddenTraceCountsAndTellsNothingButWhetherItPassed) {
  TraceResult secret = failed(Tier::kP0, Fault::kOverlap);
  secret.hidden = true;
  secret.file = "secret.rep";
  secret.requests = 812;
  secret.finding_lines = {7};
  secret.saved_prefix = "failures/secret-E103.rep";
  secret.not_run = "not of interest";
  TraceResult sound_secret = sound(Tier::kP0, 0.5);
  sound_secret.hidden = true;
  sound_secret.measurement = Measurement{.speed = 2, .steady = false};
  const GradeSheet sheet = graded(without_repetition(), {sound(Tier::kP0, 0.8), secret, sound_secret});
  EXPECT_EQ(sheet.utilization->total, 3u);
  EXPECT_DOUBLE_EQ(*sheet.utilization->mean, 0.65);
  for (const std::size_t i : {1u, 2u}) {
    const TraceRow& row = sheet.traces[i];
    EXPECT_TRUE(row.result.hidden);
    EXPECT_TRUE(row.ran);
    EXPECT_EQ(row.passed, i == 2);
    EXPECT_TRUE(row.result.file.empty());
    EXPECT_EQ(row.result.requests, 0u);
    EXPECT_TRUE(row.result.finding_lines.empty());
    EXPECT_FALSE(row.result.examination);
    EXPECT_FALSE(row.result.measurement);
    EXPECT_TRUE(row.result.saved_prefix.empty());
    EXPECT_TRUE(row.result.not_run.empty());
    EXPECT_FALSE(row.charged || row.points || row.to_gain || row.utilization_points ||
                 row.throughput_points || row.utilization_to_gain || row.throughput_to_gain);
  }
}

TEST(GradeTest, WeightsCount) {
  TraceResult heavy = sound(Tier::kP0, 1.0);
  heavy.weight = 3;
  const GradeSheet sheet = graded(without_repetition(), {heavy, sound(Tier::kP0, 0.2)});
  EXPECT_DOUBLE_EQ(*sheet.utilization->mean, 0.8);
  EXPECT_DOUBLE_EQ(*sheet.traces[0].points, 45);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].points, 3);
  EXPECT_DOUBLE_EQ(*sheet.traces[1].to_gain, 12);
}

TEST(GradeTest, NothingJudgedIsNoNumberAtAll) {
  const GradeSheet sheet = graded(rubric(), {});
  EXPECT_FALSE(sheet.utilization);
  EXPECT_TRUE(sheet.tiers.empty());
  EXPECT_EQ(sheet.score, 0);
  EXPECT_EQ(sheet.max_score, 0);
}

}  // namespace
}  // namespace heapjudge
