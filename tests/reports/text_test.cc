// The main screen and the classic table, as a person sees them.
#include <gtest/gtest.h>

#include "reports/layout.h"
#include "reports/report.h"
#include "reports/trace_table.h"
#include "tests/reports/examples.h"
#include "tests/reports/golden.h"

namespace heapjudge {
namespace {

std::string without_colour(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = text.find('m', i);
    } else {
      plain += text[i];
    }
  }
  return plain;
}

std::vector<GradeSheet> all_sheets() {
  return {examples::innocent_sheet(), examples::guilty_sheet(), examples::sheet_with_static_findings(),
          examples::hostile_sheet(),  examples::empty_sheet(),  examples::measured_sheet(),
          examples::counted_sheet(),  examples::noisy_sheet(),  examples::hidden_sheet()};
}

TEST(TextTest, AnInnocentSubmission) {
  expect_golden("reports/innocent-80.txt", text_of(examples::innocent_sheet(), {.columns = 80}));
  expect_golden("reports/innocent-100.txt", text_of(examples::innocent_sheet(), {.columns = 100}));
}

TEST(TextTest, AFaultySubmission) {
  expect_golden("reports/guilty-80.txt", text_of(examples::guilty_sheet(), {.columns = 80}));
  expect_golden("reports/guilty-100.txt", text_of(examples::guilty_sheet(), {.columns = 100}));
  expect_golden("reports/guilty-140.txt", text_of(examples::guilty_sheet(), {.columns = 140}));
}

TEST(TextTest, AMeasuredSubmission) {
  expect_golden("reports/measured-80.txt", text_of(examples::measured_sheet(), {.columns = 80}));
  expect_golden("reports/measured-100.txt", text_of(examples::measured_sheet(), {.columns = 100}));
  expect_golden("reports/measured-140.txt", text_of(examples::measured_sheet(), {.columns = 140}));
}

TEST(TextTest, CountedInstructionsOnARamp) {
  expect_golden("reports/counted-100.txt", text_of(examples::counted_sheet(), {.columns = 100}));
}

TEST(TextTest, WhatIsTooNoisyHasNoScore) {
  expect_golden("reports/noisy-100.txt", text_of(examples::noisy_sheet(), {.columns = 100}));
  EXPECT_EQ(noise_of(examples::noisy_sheet()),
            "measurement too noisy to score: trace random-small: 0.012x to 0.13x after 40 pairs, and 1 more "
            "trace");
  EXPECT_EQ(noise_of(examples::measured_sheet()), "");
}

TEST(TextTest, HiddenTracesTellTheirNamesAndWhetherTheyPassed) {
  expect_golden("reports/hidden-100.txt",
                text_of(examples::hidden_sheet(), {.verbose = true, .columns = 100}));
  expect_golden("reports/hidden-mdriver.txt", mdriver_text_of(examples::hidden_sheet(), true));
}

// What only the hidden traces of the sheet have.
TEST(TextTest, NothingElseOfAHiddenTraceIsInAnyReport) {
  const GradeSheet sheet = examples::hidden_sheet();
  const std::string reports =
      text_of(sheet, {.verbose = true, .columns = 200}) + mdriver_text_of(sheet, true) + json_of(sheet);
  for (const char* secret :
       {"7654321", "7 654 321", "9876543", "9.419 MiB", "0.314", "31.4", "0.2718", "0.27x", "E103",
        "secret-faulty-", ".rep", "mm_secret", "mm_malloc", "still in use"}) {
    std::string::size_type at = reports.find(secret);
    EXPECT_EQ(at, std::string::npos) << secret << " in: " << reports.substr(at == 0 ? 0 : at - 1, 80);
  }
}

TEST(TextTest, PlainAscii) {
  expect_golden("reports/guilty-ascii.txt", text_of(examples::guilty_sheet(), {.unicode = false}));
}

TEST(TextTest, ASubmissionThatBreaksARuleAsItStands) {
  expect_golden("reports/static.txt", text_of(examples::sheet_with_static_findings(), {}));
}

TEST(TextTest, TheClassicTable) {
  expect_golden("reports/mdriver.txt", mdriver_text_of(examples::guilty_sheet(), true));
  expect_golden("reports/mdriver-quiet.txt", mdriver_text_of(examples::innocent_sheet(), false));
  expect_golden("reports/mdriver-measured.txt", mdriver_text_of(examples::measured_sheet(), true));
  expect_golden("reports/mdriver-noisy.txt", mdriver_text_of(examples::noisy_sheet(), false));
}

TEST(TextTest, NothingIsWiderThanTheScreen) {
  for (const GradeSheet& sheet : all_sheets()) {
    for (const std::size_t columns : {72u, 80u, 93u, 100u, 140u, 200u}) {
      for (const bool unicode : {true, false}) {
        const TextStyle style{.colour = true, .unicode = unicode, .verbose = true, .columns = columns};
        for (const std::string& line : lines_of(without_colour(text_of(sheet, style)))) {
          EXPECT_LE(width_of(line), columns) << line;
        }
      }
    }
  }
}

TEST(TextTest, ColourChangesNothingElse) {
  for (const GradeSheet& sheet : all_sheets()) {
    const std::string plain = text_of(sheet, {.colour = false});
    EXPECT_EQ(without_colour(text_of(sheet, {.colour = true})), plain);
  }
}

TEST(TextTest, WithoutUnicodeThereIsOnlyAscii) {
  for (const GradeSheet& sheet : all_sheets()) {
    for (const char c : text_of(sheet, {.unicode = false, .verbose = true})) {
      EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << static_cast<int>(c);
    }
  }
}

TEST(TextTest, WhatASubmissionSaysCannotSteerTheTerminal) {
  const std::string text =
      text_of(examples::hostile_sheet(), {}) + mdriver_text_of(examples::hostile_sheet(), true);
  for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  EXPECT_EQ(text.find("\xff"), std::string::npos);
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
  expect_golden("reports/hostile.txt", text);
}

TEST(TextTest, TheSparklineEndsAtTheUtilization) {
  HeapProfile profile;
  profile.samples = {{1, 0, 0}, {2, 100, 100}, {3, 0, 100}, {4, 0, 200}};
  EXPECT_EQ(sparkline(profile, 4, true), " ██▅");
  EXPECT_EQ(sparkline(profile, 4, false), " ##+");
  EXPECT_EQ(sparkline({}, 3, true), "   ");
}

}  // namespace
}  // namespace heapjudge
