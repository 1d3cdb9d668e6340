// The examples that `heapjudge explain` shows are convicted, under the default rubric or one of their own, of the rule that they
// explain, and their first line is what the judge says.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "judge/session.h"
#include "oracle/fault.h"
#include "reports/trace_table.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

fs::path example_file(Fault fault, const char* suffix) {
  return source_dir() / "reports" / "examples" / (code_of(fault) + suffix);
}

GradeSheet judged(Fault fault) {
  const TemporaryFolder scratch;
  SessionSettings session;
  session.submission = {example_file(fault, ".c")};
  session.traces = {{.name = "example", .file = example_file(fault, ".rep")}};
  session.measure = fault == Fault::kDiffersWhenTimed;
  session.own_checks = fault == Fault::kOwnCheckerComplains;
  session.state_dir = scratch.path();
  const fs::path own_rubric = example_file(fault, ".yaml");
  const fs::path rubric = fs::exists(own_rubric) ? own_rubric : source_dir() / "traces" / "rubric.yaml";
  return std::get<GradeSheet>(run_session(load_rubric(rubric), session));
}

// "[E103] #4 mm_malloc(32) returned ..."; empty when nothing is found.
std::string verdict_of(const GradeSheet& sheet) {
  if (!sheet.static_findings.empty()) {
    const StaticFinding& finding = sheet.static_findings.front();
    return "[" + code_of(finding.fault) + "] " + finding.message;
  }
  const Finding* finding = finding_of(sheet.traces.at(0).result);
  return finding == nullptr ? "" : short_text_of(*finding);
}

class ExampleOfRule : public testing::TestWithParam<Fault> {};

TEST_P(ExampleOfRule, IsConvictedAsItSays) {
  std::ifstream source(example_file(GetParam(), ".c"));
  ASSERT_TRUE(source.is_open());
  std::string line;
  std::getline(source, line);
  const std::string verdict = verdict_of(judged(GetParam()));
  ASSERT_TRUE(verdict.starts_with("[" + code_of(GetParam()) + "] ")) << verdict;
  EXPECT_EQ(line, "/* " + verdict.substr(7) + " */");
}

INSTANTIATE_TEST_SUITE_P(Rules, ExampleOfRule, testing::ValuesIn(all_faults().begin(), all_faults().end()),
                         [](const auto& fault) { return code_of(fault.param); });

TEST(ExamplesFolder, HasNothingElse) {
  std::size_t sources = 0;
  for (const auto& entry : fs::directory_iterator(source_dir() / "reports" / "examples")) {
    if (entry.path().extension() == ".c") ++sources;
  }
  EXPECT_EQ(sources, all_faults().size());
}

}  // namespace
}  // namespace heapjudge
