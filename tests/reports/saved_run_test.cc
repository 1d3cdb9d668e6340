// Results that were kept come back as they were; anything else is refused with the file's name.
#include "reports/saved_run.h"

#include <gtest/gtest.h>

#include "reports/change_text.h"
#include "reports/report.h"
#include "tests/reports/examples.h"
#include "tests/reports/golden.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

std::string complaint(std::string_view json) {
  try {
    parse_saved_run("runs/monday.json", json);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(SavedRun, IsReadBackFromTheReport) {
  for (const GradeSheet& sheet :
       {examples::innocent_sheet(), examples::guilty_sheet(), examples::measured_sheet(),
        examples::noisy_sheet(), examples::hidden_sheet(), examples::empty_sheet()}) {
    const PastRun read = parse_saved_run("runs/monday.json", json_of(sheet));
    const PastRun wanted = past_run_of(sheet, "monday");
    EXPECT_EQ(read.name, "monday");
    EXPECT_EQ(read.rubric, wanted.rubric);
    EXPECT_EQ(read.score, wanted.score);
    EXPECT_EQ(read.max_score, wanted.max_score);
    ASSERT_EQ(read.traces.size(), wanted.traces.size());
    for (const auto& [name, trace] : wanted.traces) {
      const PastTrace& same = read.traces.at(name);
      EXPECT_EQ(same.state, trace.state) << name;
      EXPECT_EQ(same.utilization, trace.utilization) << name;
      EXPECT_EQ(same.speed, trace.speed) << name;
      EXPECT_EQ(same.points, trace.points) << name;
    }
  }
}

TEST(SavedRun, ThatIsDamagedIsRefused) {
  const std::string json = json_of(examples::innocent_sheet());
  EXPECT_TRUE(
      complaint(json.substr(0, json.size() / 2)).starts_with("runs/monday.json: not written by heapjudge: "));
  EXPECT_TRUE(complaint("[]").starts_with("runs/monday.json: not written by heapjudge: "));
  EXPECT_TRUE(
      complaint("{\"schema\": \"heapjudge/2\"}").starts_with("runs/monday.json: not written by heapjudge: "));
  EXPECT_EQ(complaint("{\"schema\": \"heapjudge/9\"}"),
            "runs/monday.json: its schema is heapjudge/9, not heapjudge/2");
}

TEST(FailedTraces, AreThoseThatFailedWhenTheyLastRan) {
  FailedTraces failed{{"mm.c", {"short-hello", "kept"}}, {"other.c", {"a"}}};
  note_failures(examples::guilty_sheet(), failed);
  const std::set<std::string>& names = failed.at("mm.c");
  EXPECT_FALSE(names.contains("short-hello")) << "it passed";
  EXPECT_TRUE(names.contains("kept")) << "it did not run";
  EXPECT_TRUE(names.contains("coalesce"));
  EXPECT_TRUE(names.contains("bimodal")) << "a repetition of it failed";
  EXPECT_FALSE(names.contains("calloc")) << "it could not run";
  EXPECT_EQ(failed.at("other.c"), std::set<std::string>{"a"});
}

TEST(FailedTraces, AreReadBack) {
  const FailedTraces failed{{"mm.c list.c", {"a", "b\"c"}}, {"", {}}};
  EXPECT_EQ(parse_failed_traces("failed.json", json_of(failed)), failed);
  EXPECT_THROW(parse_failed_traces("failed.json", "{}"), InputError);
}

// The measured sheet a day later: one trace better, one broken, one fixed, one new.
GradeSheet later_sheet() {
  GradeSheet sheet = examples::measured_sheet();
  PastRun before = past_run_of(sheet, "monday");
  before.score = *before.score - 3.3;
  before.traces.at("random-mixed").points = *before.traces.at("random-mixed").points - 0.7;
  before.traces.at("random-small").utilization = 0.5;
  before.traces.at("stack").state = TraceState::kFailed;
  before.traces.at("null-cases").state = TraceState::kPassed;
  sheet.comparison = compare(sheet, before);
  return sheet;
}

GradeSheet incomparable_sheet() {
  GradeSheet sheet = examples::measured_sheet();
  PastRun before = past_run_of(sheet, "monday");
  before.traces.erase("stack");
  sheet.comparison = compare(sheet, before);
  return sheet;
}

TEST(ComparedSheet, TellsTheDifferenceInTheTableAndTheScore) {
  expect_golden("reports/compared-80.txt", text_of(later_sheet(), {.columns = 80}));
  expect_golden("reports/compared-100.txt", text_of(later_sheet(), {.columns = 100}));
  expect_golden("reports/compared.json", json_of(later_sheet()));
  expect_golden("reports/incomparable-100.txt", text_of(incomparable_sheet(), {.columns = 100}));
  expect_golden("reports/incomparable.json", json_of(incomparable_sheet()));
}

TEST(ComparedSheet, TellsOnlyWhatChanged) {
  expect_golden("reports/changes-100.txt", changes_of(later_sheet(), "score", {.columns = 100}));
  expect_golden("reports/changes-ascii.txt", changes_of(later_sheet(), "score", {.unicode = false, .columns = 80}));
}

TEST(ComparedSheet, ThatIsAsItWasTellsTheScoreAlone) {
  GradeSheet sheet = examples::measured_sheet();
  sheet.comparison = compare(sheet, past_run_of(sheet, ""));
  const std::vector<std::string> lines = lines_of(changes_of(sheet, "score", {}));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].find("(+0.0)"), std::string::npos) << lines[0];
}

TEST(SignedPoints, AreRoundedAsPointsAre) {
  EXPECT_EQ(signed_points(3.25), "+3.2");
  EXPECT_EQ(signed_points(-0.2), "-0.2");
  EXPECT_EQ(signed_points(-0.04), "+0.0");
}

}  // namespace
}  // namespace heapjudge
