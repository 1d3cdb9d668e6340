// Each rubric of traces/rubrics and the default one, on examples worked by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/judge/outcomes.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

Rubric rubric_called(const std::string& name) {
  const fs::path traces = source_dir() / "traces";
  return load_rubric(name == "default" ? traces / "rubric.yaml" : traces / "rubrics" / (name + ".yaml"));
}

// Of the contract beyond sane requests.
TraceResult extra(Tier tier, bool failed) {
  TraceResult result = result_of({failed ? kFailed : 0.5, 1});
  result.tier = tier;
  result.counts = Counts::kNone;
  return result;
}

struct Example {
  std::string rubric;
  std::vector<Result> sane;
  double utilization_points;
  double throughput_points;
  double score;
};

TEST(BundledRubrics, ReproduceWorkedExamples) {
  const std::vector<Example> examples{
      // 60 * (0.9 + 0.7) / 2 = 48; 40 * (min(1, 0.5) + min(1, 2)) / 2 = 30
      {"default", {{0.9, 0.5}, {0.7, 2}}, 48, 30, 78},
      // The same, and a third that failed: two thirds of each
      {"default", {{0.9, 0.5}, {0.7, 2}, {kFailed}}, 32, 20, 52},
      // 60 * 0.637 = 38.22; 40 * 0.333 = 13.32; 51.54 to the nearest tenth
      {"default", {{0.637, 0.333}}, 38.22, 13.32, 51.5},
      // 60 * 0.8 = 48. The reference needs 2 + 6 s, the submission 2 / 0.5 + 6 / 1 = 10 s: 40 * 0.8 = 32
      {"classic", {{0.9, 0.5, 1, 2}, {0.7, 1, 1, 6}}, 48, 32, 80},
      // Faster than the C library earns no more: 60 * 0.75 + 40
      {"classic", {{0.75, 3}}, 45, 40, 85},
      // 60 * 0.887 = 53.22; 40 * 0.25 = 10; 63.22 to a whole number
      {"classic", {{0.887, 0.25}}, 53.22, 10, 63},
      // (64.5 - 55) / 19 = 0.5; (0.7 - 0.5) / 0.4 = 0.5
      {"newer", {{0.645, 0.7}}, 30, 20, 50},
      // At and above both tops
      {"newer", {{0.74, 0.9}}, 60, 40, 100},
      {"newer", {{0.95, 1.8}}, 60, 40, 100},
      // At and below both feet
      {"newer", {{0.55, 0.5}}, 0, 0, 0},
      {"newer", {{0.30, 0.1}}, 0, 0, 0},
      // Utilization (0.5 + 0.79) / 2 = 0.645, so 30. Speed 2 / (1 / 0.6 + 1 / 1.2) = 0.8, so 40 * 0.75 = 30
      {"newer", {{0.5, 0.6}, {0.79, 1.2}}, 30, 30, 60},
      // sqrt(0.81 * 0.49) = 0.63. Speeds over 1.1: 0.5 and 1 (capped): sqrt(0.5) = 0.70711.
      // sqrt(0.63 * 0.70711) = 0.66744, half of it each: 33.372
      {"mit", {{0.81, 0.55}, {0.49, 4.4}}, 33.372, 33.372, 66.7},
      // What the course's driver printed: sqrt(0.76317183 * 0.03531972) = 0.16417983; 0.03531972 * 1.1 =
      // 0.038851692
      {"mit", {{0.76317183, 0.038851692}}, 8.2089915, 8.2089915, 16.4},
      {"mit", {{1, 1.1}}, 50, 50, 100},
      // 50 for P0; 20 * 0.4 / 0.5 = 16; 20 * (0.25 / 0.5 + 1) / 2 = 15
      {"checkpoint", {{0.4, 0.25}, {0.4, 0.8}}, 16, 15, 81},
      // Half of P0 failed: 25, and half of each: 20 * 1 / 2 and 20 * 1 / 2
      {"checkpoint", {{0.6, 0.5}, {kFailed}}, 10, 10, 45},
  };
  for (const Example& example : examples) {
    SCOPED_TRACE(example.rubric + ", " + std::to_string(example.score));
    Rubric rubric = rubric_called(example.rubric);
    rubric.rerun = rubric.other_fill = false;  // their items are looked at below
    std::vector<TraceResult> results;
    for (const Result& outcome : example.sane) results.push_back(result_of(outcome));
    const GradeSheet sheet = grade(rubric, {.measured = true}, {}, results);
    EXPECT_NEAR(sheet.utilization->points, example.utilization_points, 1e-3);
    EXPECT_NEAR(sheet.throughput->points, example.throughput_points, 1e-3);
    ASSERT_TRUE(sheet.score);
    EXPECT_DOUBLE_EQ(*sheet.score, example.score);
  }
}

TEST(BundledRubrics, OfTheDefaultTheContractBeyondSaneRequestsIsDeducted) {
  Rubric rubric = rubric_called("default");
  rubric.rerun = rubric.other_fill = false;
  const auto score = [&](bool p1, bool p2, bool p3) {
    return *grade(rubric, {.measured = true}, {},
                  {result_of({1, 1}), extra(Tier::kP1, p1), extra(Tier::kP1, false), extra(Tier::kP2, p2),
                   extra(Tier::kP3, p3)})
                .score;
  };
  EXPECT_EQ(score(false, false, false), 100);
  EXPECT_EQ(score(true, false, false), 96.5);  // one of two of P1: 7 / 2
  EXPECT_EQ(score(false, true, false), 96);
  EXPECT_EQ(score(true, true, true), 88.5);  // 100 - 3.5 - 4 - 4
}

TEST(BundledRubrics, OfTheCheckpointTheFirstContractEarnsAndTheRestIsNotAskedFor) {
  Rubric rubric = rubric_called("checkpoint");
  rubric.rerun = rubric.other_fill = false;
  const GradeSheet sheet =
      grade(rubric, {.measured = true}, {},
            {result_of({1, 1}), extra(Tier::kP1, true), extra(Tier::kP1, false), extra(Tier::kP2, true)});
  EXPECT_EQ(sheet.score, 95);  // 50 + 20 + 20 + 10 / 2
  EXPECT_TRUE(sheet.correct);
}

TEST(BundledRubrics, OfTheFirstMinutesNothingCountsButToSurvive) {
  const Rubric rubric = rubric_called("first");
  for (const TraceEntry& entry : rubric.traces) {
    EXPECT_EQ(entry.tier, Tier::kP0) << entry.name;
    EXPECT_EQ(entry.counts, Counts::kNone) << entry.name;
  }
  TraceResult wasteful = result_of({0.01, 0.01});
  wasteful.counts = Counts::kNone;
  EXPECT_EQ(grade(rubric, {}, {}, {wasteful}).score, 100);
  EXPECT_FALSE(grade(rubric, {}, {}, {wasteful, extra(Tier::kP0, true)}).correct);
  EXPECT_EQ(grade(rubric, {}, {}, {wasteful, extra(Tier::kP0, true)}).score, 50);
}

TEST(BundledRubrics, EachIsWorthAHundredPointsAndSaysItsName) {
  std::set<std::string> names;
  for (const auto& file : fs::directory_iterator(source_dir() / "traces" / "rubrics")) {
    names.insert(file.path().stem().string());
  }
  EXPECT_EQ(names, (std::set<std::string>{"checkpoint", "classic", "first", "mit", "newer"}));
  names.insert("default");
  for (const std::string& name : names) {
    const Rubric rubric = rubric_called(name);
    double points = rubric.scoring.utilization.points + rubric.scoring.throughput.points;
    for (const Tier tier : kAllTiers) {
      points += rubric.rules_of(tier).points;
      EXPECT_EQ(rubric.rules_of(tier).decides, tier == Tier::kP0) << name;
    }
    EXPECT_EQ(points, 100) << name;
    EXPECT_EQ(rubric.name, name == "default" ? "" : name);
  }
}

}  // namespace
}  // namespace heapjudge
