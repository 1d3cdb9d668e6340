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
  all.findings[1].also = {{Fault::kOverlap, "mm_realloc", 4}, {Fault::kPayloadChanged, "coalesce", 7}};
  all.findings.back().proof = Proof::kGuardOnly;
  all.findings.back().result.tier = Tier::kP2;
  return all;
}

FuzzSheet sheet_with_waste() {
  FuzzSheet all = sheet_with_findings();
  all.findings[0].sanitizers = {.errors = {{.sanitizer = "asan",
                                            .kind = "use-after-poison",
                                            .access = "WRITE of 8",
                                            .stack = {{"coalesce", "dir/mm.c", 88, 3}, {"mm_free", "dir/mm.c", 120, 1}}},
                                           {.sanitizer = "ubsan",
                                            .kind = "store to misaligned address for type 'long'",
                                            .stack = {{"", "dir/mm.c", 87, 3}}}},
                                .remark = ""};
  all.findings[1].sanitizers = {.errors = {}, .remark = "clang is missing, with which the sanitizers come"};
  all.waste = {.rules = {.times = 2.5}, .tried = 1100, .failed = 3, .found = {}};
  all.waste->found = {{.waste = Waste::kHeapTooLarge,
                       .file = ".heapjudge/wasteful/fuzz-mm-heap.rep",
                       .requests = 1234,
                       .heap_bytes = 262'144,
                       .other_bytes = 65'536,
                       .payload_bytes = 60'000,
                       .alike = 77},
                      {.waste = Waste::kNotCoalesced,
                       .file = ".heapjudge/wasteful/fuzz-mm-coalescing.rep",
                       .requests = 1,
                       .heap_bytes = 131'072,
                       .other_bytes = 65'536,
                       .payload_bytes = 49'152},
                      {.waste = Waste::kLost,
                       .file = ".heapjudge/wasteful/fuzz-mm-lost.rep",
                       .requests = 769,
                       .heap_bytes = 131'072,
                       .other_bytes = 32'768,
                       .payload_bytes = 200,
                       .rounds = 256},
                      {.waste = Waste::kKeptForASize,
                       .requests = 60,
                       .heap_bytes = 196'608,
                       .other_bytes = 65'536,
                       .payload_bytes = 49'152,
                       .rounds = 3},
                      {.waste = Waste::kNotRefilled,
                       .requests = 400,
                       .heap_bytes = 131'072,
                       .other_bytes = 98'304,
                       .payload_bytes = 90'000,
                       .rounds = 60}};
  return all;
}

TEST(FuzzReport, WithWasteAndWhatTheSanitizersSay) {
  expect_golden("fuzz/waste.txt", text_of(sheet_with_waste(), {.columns = 100}));
  expect_golden("fuzz/waste.json", json_of(sheet_with_waste()));
  FuzzSheet hostile = sheet_with_waste();
  hostile.findings[0].sanitizers->errors[0].stack[0].function = "evil\x1b[2J";
  EXPECT_EQ(text_of(hostile, {.columns = 80}).find('\x1b'), std::string::npos);
}

TEST(FuzzReport, WithoutWasteSaysThatItWasLookedFor) {
  FuzzSheet thrifty = sheet();
  thrifty.waste = {.rules = {}, .tried = 1100, .found = {}};
  expect_golden("fuzz/no_waste.txt", text_of(thrifty, {.columns = 100}));
  thrifty.waste->given_up = true;
  EXPECT_NE(text_of(thrifty, {.columns = 100}).find("given up"), std::string::npos);
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

TEST(FuzzReport, SaysWhatWasFoundOnlyAsTheRubricCompilesIt) {
  FuzzSheet plain = sheet();
  plain.plain_inputs = 512;
  expect_golden("fuzz/plain_nothing.txt", text_of(plain, {.columns = 100}));
  plain.findings.push_back(examples::found_by_fuzzing(examples::overlap(), "mm_malloc"));
  expect_golden("fuzz/plain.txt", text_of(plain, {.columns = 100}));
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
