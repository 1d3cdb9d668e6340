// One status says the most important thing about a grading.
#include "cli/exit_status.h"

#include <gtest/gtest.h>

namespace heapjudge {
namespace {

GradeSheet sheet_of(bool correct, std::optional<double> score) {
  GradeSheet sheet;
  sheet.correct = correct;
  sheet.score = score;
  return sheet;
}

TEST(ExitStatusTest, PassedIs0) {
  EXPECT_EQ(exit_status_of(sheet_of(true, 40), {}), 0);
  EXPECT_EQ(exit_status_of(sheet_of(true, 40), 40), 0);
}

TEST(ExitStatusTest, ABrokenRuleIs1WhateverTheScore) {
  EXPECT_EQ(exit_status_of(sheet_of(false, 40), {}), 1);
  EXPECT_EQ(exit_status_of(sheet_of(false, 40), 50), 1);
  EXPECT_EQ(exit_status_of(sheet_of(false, std::nullopt), 50), 1);
}

TEST(ExitStatusTest, AScoreBelowTheLeastIs5) {
  EXPECT_EQ(exit_status_of(sheet_of(true, 39.9), 40), 5);
}

TEST(ExitStatusTest, AScoreThatIsNotKnownIs6) {
  EXPECT_EQ(exit_status_of(sheet_of(true, std::nullopt), {}), 6);
  EXPECT_EQ(exit_status_of(sheet_of(true, std::nullopt), 40), 6);
}

}  // namespace
}  // namespace heapjudge
