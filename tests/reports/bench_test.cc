// Allocators side by side, in every format.
#include "reports/bench.h"

#include <gtest/gtest.h>

#include "tests/reports/golden.h"

namespace heapjudge {
namespace {

BenchCell cell(double utilization, double speed, bool steady = true) {
  return {.utilization = utilization,
          .speed = Measurement{.speed = speed,
                               .speed_low = speed * 0.99,
                               .speed_high = speed * 1.01,
                               .pairs = 9,
                               .steady = steady,
                               .subject_cost = 1e-3 / speed,
                               .reference_cost = 1e-3}};
}

BenchSheet example() {
  BenchSheet sheet{.reference = "segregated",
                   .traces = {"random-mixed", "realloc-growth"},
                   .requests = {9999, 3997},
                   .weights = {1, 1},
                   .entries = {{.name = "mm.c", .cells = {cell(0.812, 0.41), cell(0.7, 0.22, false)}},
                               {.name = "a|b, \"odd\".c", .cells = {cell(0.5, 0.9), {.failure = "E103 at 6"}}},
                               {.name = "broken.c", .failure = "does not build"},
                               {.name = "segregated", .cells = {cell(0.868, 1), cell(0.76, 1.01)}},
                               {.name = "bump", .cells = {cell(0.117, 2.2), cell(0.09, 2.4)}}}};
  compare(sheet);
  return sheet;
}

TEST(BenchReport, AsText) {
  expect_golden("reports/bench.txt", text_of(example(), {.columns = 100}));
  expect_golden("reports/bench-narrow.txt", text_of(example(), {.unicode = false, .columns = 60}));
}

TEST(BenchReport, AsJson) { expect_golden("reports/bench.json", json_of(example())); }
TEST(BenchReport, AsCsv) { expect_golden("reports/bench.csv", csv_of(example())); }
TEST(BenchReport, AsMarkdown) { expect_golden("reports/bench.md", markdown_of(example())); }

TEST(BenchReport, ThereIsNoPictureOfOneAlone) {
  BenchSheet sheet = example();
  sheet.entries.resize(1);
  compare(sheet);
  EXPECT_EQ(picture_of(sheet, {}), "");
}

TEST(BenchReport, TablesKeepWithinTheScreen) {
  const std::string text = text_of(example(), {.unicode = false, .columns = 60});
  for (const std::string& line : lines_of(text.substr(0, text.find("  speed, and")))) {
    const bool is_table = line.find(" fails ") == line.npos && line.find("noisy") == line.npos && line.find("1x is") == line.npos;
    if (is_table) {
      EXPECT_LE(line.size(), 60u) << line;
    }
  }
}

}  // namespace
}  // namespace heapjudge
