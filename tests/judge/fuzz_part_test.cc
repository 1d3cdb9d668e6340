// What findings of a hunt cost, each computed by hand.
#include "judge/fuzz_part.h"

#include <gtest/gtest.h>

#include "judge/grade.h"

namespace heapjudge {
namespace {

FuzzFinding found(Tier tier, Proof proof = Proof::kJudged) {
  FuzzFinding finding{.proof = proof, .function = "mm_malloc"};
  finding.result.tier = tier;
  finding.result.examination.emplace().finding.emplace();
  return finding;
}

FuzzHunt hunt_of(std::vector<FuzzFinding> findings) {
  return {.guarded = true, .findings = std::move(findings)};
}

struct Costs {
  std::vector<FuzzFinding> findings;
  std::vector<double> costs;
};

TEST(FuzzPart, EachFindingCostsByItsTierUpToTheMost) {
  const FuzzRules rules{.deduct = {5, 2, 1, 0.5}, .at_most = 12};
  const Costs table[] = {
      {{}, {}},
      {{found(Tier::kP0)}, {5}},
      {{found(Tier::kP0), found(Tier::kP1), found(Tier::kP2), found(Tier::kP3)}, {5, 2, 1, 0.5}},
      {{found(Tier::kP0), found(Tier::kP0), found(Tier::kP0), found(Tier::kP1)}, {5, 5, 2, 0}},
      {{found(Tier::kP0, Proof::kGuardOnly), found(Tier::kP3)}, {0, 0.5}},
  };
  for (const Costs& row : table) {
    const FuzzPart part = charge(rules, hunt_of(row.findings));
    EXPECT_EQ(part.costs, row.costs);
    double sum = 0;
    for (const double cost : row.costs) sum += cost;
    EXPECT_DOUBLE_EQ(part.deducted, sum);
  }
}

TEST(FuzzPart, OnlyWhatTheJudgeHasConvictedCounts) {
  const FuzzPart part =
      charge({}, hunt_of({found(Tier::kP0), found(Tier::kP0, Proof::kGuardOnly), found(Tier::kP2)}));
  EXPECT_EQ(part.charged, 2u);
  EXPECT_DOUBLE_EQ(part.deducted, 6);
}

TEST(FuzzPart, APlainFailureDecidesWhereTheRulesSaySo) {
  EXPECT_FALSE(charge({}, hunt_of({found(Tier::kP0)})).decided);
  EXPECT_TRUE(charge({.decides = true}, hunt_of({found(Tier::kP0)})).decided);
  EXPECT_FALSE(charge({.decides = true}, hunt_of({found(Tier::kP1)})).decided);
  EXPECT_FALSE(charge({.decides = true}, hunt_of({found(Tier::kP0, Proof::kGuardOnly)})).decided);
  EXPECT_TRUE(charge({.at_most = 0, .decides = true}, hunt_of({found(Tier::kP0)})).decided);
}

Rubric rubric() {
  Rubric rubric;
  rubric.rules_of(Tier::kP0) = {.points = 25, .decides = true};
  rubric.scoring.round_to = 0.1;
  return rubric;
}

GradeSheet sheet() {
  TraceResult sound;
  sound.examination.emplace().profile.emplace().utilization = 0.5;
  return grade(rubric(), {}, {}, {sound});
}

TEST(FuzzPart, IsTakenFromTheScore) {
  GradeSheet graded = sheet();
  ASSERT_DOUBLE_EQ(*graded.score, 55);
  add_fuzz_part(graded, charge({}, hunt_of({found(Tier::kP0), found(Tier::kP3)})));
  EXPECT_DOUBLE_EQ(*graded.score, 49);
  EXPECT_DOUBLE_EQ(graded.deducted, 6);
  EXPECT_DOUBLE_EQ(graded.max_score, 85);
  EXPECT_TRUE(graded.correct);
}

TEST(FuzzPart, NeverMakesTheScoreNegativeAndCanMakeItIncorrect) {
  GradeSheet graded = sheet();
  add_fuzz_part(graded, charge({.deduct = {500, 1, 1, 1}, .at_most = 500, .decides = true}, hunt_of({found(Tier::kP0)})));
  EXPECT_DOUBLE_EQ(*graded.score, 0);
  EXPECT_FALSE(graded.correct);
}

TEST(FuzzPart, ThatWasLeftOutChangesNothing) {
  GradeSheet graded = sheet();
  add_fuzz_part(graded, charge({.decides = true}, {.not_run = "--no-fuzz"}));
  EXPECT_DOUBLE_EQ(*graded.score, 55);
  EXPECT_TRUE(graded.correct);
}

TEST(FuzzPart, ScoresAreComparedOnlyWhereBothHaveOne) {
  GradeSheet with = sheet();
  add_fuzz_part(with, charge({}, hunt_of({})));
  GradeSheet left_out = sheet();
  add_fuzz_part(left_out, charge({}, {.not_run = "--no-fuzz"}));
  EXPECT_FALSE(compare(with, past_run_of(sheet(), "")).same_terms);
  EXPECT_FALSE(compare(with, past_run_of(left_out, "")).same_terms);
  EXPECT_TRUE(compare(with, past_run_of(with, "")).same_terms);
  EXPECT_TRUE(compare(sheet(), past_run_of(left_out, "")).same_terms);
}

}  // namespace
}  // namespace heapjudge
