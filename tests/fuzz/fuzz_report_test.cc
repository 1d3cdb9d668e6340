// What came of fuzzing, in words and as JSON.
#include "reports/fuzz.h"

#include <gtest/gtest.h>

#include "tests/reports/examples.h"
#include "tests/reports/golden.h"

namespace heapjudge {
namespace {

FuzzSheet sheet() {
  FuzzSheet sheet{.identity = examples::identity(),
                  .seed = 7,
                  .workers = 2,
                  .guarded = true,
                  .guided = true,
                  .seconds = 60.04,
                  .counts = {.inputs = 123456, .executions = 234567, .requests = 198765432, .escapes = 4321}};
  return sheet;
}

FuzzSheet sheet_with_findings() {
  FuzzSheet all = sheet();
  all.findings.push_back(examples::found_by_fuzzing(examples::overlap(), "mm_malloc"));
  all.findings.push_back(examples::found_by_fuzzing(examples::crash_in_pattern(), "remove_free"));
  all.findings.push_back(examples::found_by_fuzzing(examples::epilogue_in_payload(), "extend_heap"));
  all.findings.back().proof = Proof::kGuardOnly;
  all.findings.back().result.tier = Tier::kP2;
  return all;
}

TEST(FuzzReport, AsText) {
  expect_golden("fuzz/findings.txt", text_of(sheet_with_findings(), {.columns = 100}));
  expect_golden("fuzz/nothing.txt", text_of(sheet(), {.unicode = false, .columns = 80}));
}

TEST(FuzzReport, SaysWhatItDidWithout) {
  FuzzSheet without = sheet();
  without.guarded = without.guided = false;
  without.interrupted = true;
  without.counts.restarts = 3;
  expect_golden("fuzz/without_clang.txt", text_of(without, {.columns = 100}));
}

TEST(FuzzReport, AsJson) {
  expect_golden("fuzz/findings.json", json_of(sheet_with_findings()));
  expect_golden("fuzz/nothing.json", json_of(sheet()));
}

TEST(FuzzReport, ShowsTheFirstFewWholeAndAllOnDemand) {
  FuzzSheet many = sheet();
  for (int i = 0; i < 8; ++i) many.findings.push_back(examples::found_by_fuzzing(examples::overlap(), "f" + std::to_string(i)));
  const auto whole = [](const std::string& text) {
    std::size_t count = 0;
    for (std::size_t at = text.find("error: ["); at != text.npos; at = text.find("error: [", at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(whole(text_of(many, {})), 5u);
  EXPECT_EQ(whole(text_of(many, {.verbose = true})), 8u);
}

TEST(FuzzReport, ShowsNothingThatATerminalObeys) {
  FuzzSheet hostile = sheet();
  hostile.findings.push_back(examples::found_by_fuzzing(examples::overlap(), "evil\x1b[2J\n"));
  hostile.identity.notes = {"\x1b]0;x\a"};
  const std::string text = text_of(hostile, {.columns = 80});
  EXPECT_EQ(text.find('\x1b'), text.npos);
}

}  // namespace
}  // namespace heapjudge
