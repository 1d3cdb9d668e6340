// The JSON of a grade sheet; json_schema_test holds the same files to the schema.
#include <gtest/gtest.h>

#include <limits>

#include "reports/report.h"
#include "tests/reports/examples.h"
#include "tests/reports/golden.h"

namespace heapjudge {
namespace {

TEST(JsonTest, OfAllKindsOfSheets) {
  expect_golden("reports/innocent.json", json_of(examples::innocent_sheet()));
  expect_golden("reports/guilty.json", json_of(examples::guilty_sheet()));
  expect_golden("reports/static.json", json_of(examples::sheet_with_static_findings()));
  expect_golden("reports/hostile.json", json_of(examples::hostile_sheet()));
  expect_golden("reports/empty.json", json_of(examples::empty_sheet()));
  expect_golden("reports/measured.json", json_of(examples::measured_sheet()));
  expect_golden("reports/counted.json", json_of(examples::counted_sheet()));
  expect_golden("reports/noisy.json", json_of(examples::noisy_sheet()));
  expect_golden("reports/hidden.json", json_of(examples::hidden_sheet()));
  expect_golden("reports/fuzzed.json", json_of(examples::fuzzed_sheet()));
  expect_golden("reports/unfuzzed.json", json_of(examples::unfuzzed_sheet()));
}

TEST(JsonTest, WhatIsNotANumberIsNull) {
  GradeSheet sheet = examples::empty_sheet();
  sheet.score = std::numeric_limits<double>::quiet_NaN();
  sheet.max_score = std::numeric_limits<double>::infinity();
  const std::string json = json_of(sheet);
  EXPECT_NE(json.find("\"score\": null"), std::string::npos);
  EXPECT_NE(json.find("\"max_score\": null"), std::string::npos);
  EXPECT_EQ(json.find("nan"), std::string::npos);
}

}  // namespace
}  // namespace heapjudge
