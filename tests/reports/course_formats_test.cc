// What course systems read, pinned; course_formats_test.py holds the same files to what each system makes of them.
#include <gtest/gtest.h>

#include "reports/outcome.h"
#include "reports/sheet_words.h"
#include "tests/reports/examples.h"
#include "tests/reports/golden.h"

namespace heapjudge {
namespace {

TEST(CourseFormats, OfAllKindsOfOutcomes) {
  for (const auto& [name, outcome] : examples::all_outcomes()) {
    expect_golden("reports/markdown/" + name + ".md", markdown_of(outcome));
    expect_golden("reports/csv/" + name + ".csv", csv_of(outcome));
    expect_golden("reports/junit/" + name + ".xml", junit_of(outcome));
    expect_golden("reports/gradescope/" + name + ".json", gradescope_of(outcome));
    expect_golden("reports/autolab/" + name + ".txt", autolab_of(outcome));
    expect_golden("reports/github/" + name + ".txt", github_of(outcome, "5eed000c0008"));
  }
}

TEST(CourseFormats, ASummaryKeepsWithinItsBytesAndSaysWhatIsLeftOut) {
  std::vector<TraceResult> results;
  for (int i = 0; i < 12000; ++i) results.push_back(examples::sound_trace("a-trace-of-many", 0.5, 0.25));
  const Outcome crowd = grade(Rubric{}, examples::identity(), {}, results);
  constexpr std::size_t kMebibyte = 1u << 20;
  ASSERT_GT(markdown_of(crowd).size(), kMebibyte);
  for (const std::size_t most : {kLeastMarkdownBytes, std::size_t{100'000}, kMebibyte}) {
    const std::string text = markdown_of(crowd, most);
    EXPECT_LE(text.size(), most);
    EXPECT_GT(text.size(), most / 2);
    EXPECT_NE(text.find("parts are left out"), std::string::npos);
    EXPECT_TRUE(text.ends_with("**\n"));
  }
}

TEST(CourseFormats, AHiddenTraceTellsItsNameAndWhetherItPassed) {
  const Outcome hidden = examples::hidden_sheet();
  for (const std::string& text : {markdown_of(hidden), csv_of(hidden), junit_of(hidden), gradescope_of(hidden),
                                  autolab_of(hidden), github_of(hidden, "t0ken")}) {
    EXPECT_NE(text.find("secret-faulty"), std::string::npos) << text;
    for (const char* secret :
         {"7654321", "7 654 321", "9876543", "0.31415", "31.4", "0.271828", "27.2", "mm_secret", "E103"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << text;
    }
  }
}

TEST(CourseFormats, EveryTraceHasANameOfItsOwn) {
  std::vector<TraceRow> rows;
  for (const char* name : {"a", "a (2)", "a", "a", "b", "a (2)"})
    rows.push_back({.result = {.name = name, .file = {}}});
  EXPECT_EQ(names_of(rows), (std::vector<std::string>{"a", "a (2)", "a (3)", "a (4)", "b", "a (2) (2)"}));
}

}  // namespace
}  // namespace heapjudge
