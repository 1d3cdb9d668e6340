// The anatomy of a failure for every code.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "oracle/fault.h"
#include "reports/layout.h"
#include "reports/printable.h"
#include "reports/report.h"
#include "tests/reports/examples.h"
#include "tests/reports/golden.h"

namespace heapjudge {
namespace {

std::string failure_of(const examples::Example& example, const TextStyle& style) {
  return text_of_failure(examples::result_of(example, Tier::kP0), examples::identity(), style);
}

std::string all_failures(const TextStyle& style) {
  std::string text;
  for (const examples::Example& example : examples::all_findings()) text += failure_of(example, style) + "\n";
  return text;
}

bool is_static(Fault fault) {
  return static_cast<int>(fault) >= 500;
}

TEST(FailureTest, EveryCodeThatARunCanShowHasAnExample) {
  std::set<Fault> shown;
  for (const examples::Example& example : examples::all_findings()) shown.insert(example.finding.fault);
  for (const Fault fault : all_faults()) {
    if (is_static(fault)) continue;
    EXPECT_TRUE(shown.contains(fault)) << code_of(fault);
  }
}

TEST(FailureTest, AllOfThemInFull) {
  expect_golden("reports/failures-100.txt", all_failures({.verbose = true, .columns = 100}));
}

TEST(FailureTest, AllOfThemInBriefOnANarrowScreen) {
  expect_golden("reports/failures-80.txt", all_failures({.columns = 80}));
}

TEST(FailureTest, InBriefIsAtMostTwelveLines) {
  for (const examples::Example& example : examples::all_findings()) {
    const std::string text = failure_of(example, {.columns = 100});
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 12) << text;
  }
}

TEST(FailureTest, TheFirstLineIsWhatEditorsMatch) {
  const std::string text = failure_of({"overlap", examples::overlap()}, {});
  EXPECT_EQ(text.substr(0, text.find('\n')),
            "traces/overlap.rep:9:1: error: [E103] mm_malloc(100) returned memory that is still in use");
}

TEST(FailureTest, TheSavedPrefixIsWhatReproducesIt) {
  TraceResult result = examples::result_of({"overlap", examples::overlap()}, Tier::kP0);
  result.saved_prefix = ".heapjudge/saved/over lap.rep";
  Identity identity = examples::identity();
  identity.options = {"--abi", "ilp32"};
  const std::string text = text_of_failure(result, identity, {});
  EXPECT_NE(text.find("heapjudge grade mm.c -f '.heapjudge/saved/over lap.rep' --abi ilp32"),
            std::string::npos)
      << text;
}

TEST(FailureTest, ASoundTraceHasNone) {
  EXPECT_EQ(text_of_failure(examples::sound_trace("x", 0.5, 0.1), examples::identity(), {}), "");
}

TEST(FailureTest, AMillionByteNeighbourStillFitsThePicture) {
  Finding finding = examples::overlap();
  finding.histories[1].size = 3000000;
  auto& violation = std::get<Violation>(finding.evidence);
  violation.heap_bytes = 4000000;
  const std::string text = failure_of({"big", finding}, {.columns = 80});
  EXPECT_NE(text.find('X'), std::string::npos) << text;
}

TEST(FailureTest, ExtentsBeyondAnyHeapAreNotDrawn) {
  Finding finding = examples::overlap();
  finding.histories[1].offset = UINT64_MAX - 3;
  finding.histories[1].size = UINT64_MAX;
  EXPECT_FALSE(failure_of({"absurd", finding}, {.columns = 80}).empty());
}

// Whatever an allocator does, the report of it is sound text.
TEST(FailureTest, AnyFindingFitsTheScreen) {
  constexpr unsigned kSeed = 5;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 3000; ++round) {
    const examples::Example example{"any", examples::random_finding(random)};
    const std::size_t columns = 40 + random() % 120;
    const TextStyle style{.unicode = random() % 2 == 0, .verbose = random() % 2 == 0, .columns = columns};
    const std::string text = failure_of(example, style);
    ASSERT_TRUE(text.starts_with("traces/any.rep:")) << text;
    ASSERT_EQ(text.back(), '\n');
    for (const std::string& line : lines_of(text)) {
      ASSERT_LE(width_of(line), columns) << text;
      ASSERT_EQ(printable(line, style.unicode), line);
    }
    const auto json = json_of(examples::sheet_with(example));
    ASSERT_EQ(json.find("nan"), std::string::npos);
  }
}

TEST(ExplainTest, EveryRuleIsExplained) {
  std::string text;
  for (const Fault fault : all_faults()) text += explain(fault) + "\n";
  text += text_of(WorkedExample{.command = "heapjudge grade E999.c -f E999.rep",
                                .requests = std::vector<std::string>(20, "a 0 24"),
                                .source = "/* #1 it is done */\n#include \"mm.h\"\n\nint mm_init(void) { return 0; }\n"});
  expect_golden("reports/explain.txt", text);
  for (const Fault fault : all_faults()) {
    const std::string one = explain(fault);
    const auto lines = std::count(one.begin(), one.end(), '\n');
    EXPECT_GE(lines, 6) << one;
    EXPECT_LE(lines, 16) << one;
    EXPECT_EQ(one.substr(0, 4), code_of(fault));
  }
}

}  // namespace
}  // namespace heapjudge
