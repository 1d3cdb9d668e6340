// Gradescope's results.json, as https://gradescope-autograders.readthedocs.io/en/latest/specs/ has it.
//
// Theory of operation: a top-level "score" overrides the sum of the tests' scores, so there is one and only one number
// that counts, the sheet's. No test has a score of its own: two that disagree would be a riddle. Tests with a
// visibility other than "visible" keep the total from the students, so every test is visible, and one of a hidden
// trace holds its name and its status. "score" is required unless every test has one: without score and tests
// Gradescope reports an autograder that failed, and nobody gets a zero.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/fuzz_part.h"
#include "reports/outcome.h"
#include "reports/printable.h"
#include "reports/report.h"
#include "reports/score_lines.h"
#include "reports/score_table.h"
#include "reports/screen_head.h"
#include "reports/sheet_words.h"

namespace heapjudge {
namespace {

using Json = nlohmann::ordered_json;

constexpr TextStyle kStyle{.unicode = true, .columns = 100};

Json test_json(const std::string& name, bool passed, const std::string& output) {
  Json test{{"name", name}, {"status", passed ? "passed" : "failed"}};
  if (!output.empty()) test["output"] = output;
  test["visibility"] = "visible";
  return test;
}

Json trace_test(const TraceRow& row, const std::string& name, const GradeSheet& sheet) {
  if (row.result.hidden) return test_json(name, row.passed, "");
  std::string output = figures_of(row, sheet.scoring);
  const std::string failure = text_of_failure(row.result, sheet.identity, kStyle);
  if (!failure.empty()) output += (output.empty() ? "" : "\n\n") + failure;
  return test_json(fmt::format("{} {}", name_of(row.result.tier), name), row.passed, output);
}

void add_fuzz_tests(const GradeSheet& sheet, Json& tests) {
  if (!sheet.fuzz || !sheet.fuzz->hunt.not_run.empty()) return;
  if (sheet.fuzz->hunt.findings.empty()) tests.push_back(test_json(fuzz_title_of(*sheet.fuzz), true, ""));
  for (const FuzzFinding& finding : sheet.fuzz->hunt.findings) {
    tests.push_back(test_json("fuzz, " + fuzz_name_of(finding), false, text_of_finding(finding, sheet.identity, kStyle)));
  }
}

Json tests_json(const GradeSheet& sheet) {
  Json tests = Json::array();
  for (const StaticFinding& finding : sheet.static_findings) {
    tests.push_back(
        test_json(code_of(finding.fault) + " " + printable(finding.subject), false, printable(finding.message)));
  }
  const std::vector<std::string> names = names_of(sheet.traces);
  for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
    tests.push_back(trace_test(sheet.traces[i], names[i], sheet));
  }
  for (const TierRow& tier : sheet.tiers) {
    for (const RepeatedCheck& check : tier.checks) {
      std::vector<std::string> lines = failures_of(check, sheet);
      lines.insert(lines.begin(), check_text_of(check));
      tests.push_back(test_json(fmt::format("{} {}", name_of(tier.tier), check_name_of(check)), check.passed(),
                                check.passed() ? "" : fmt::format("{}", fmt::join(lines, "\n"))));
    }
  }
  add_fuzz_tests(sheet, tests);
  return tests;
}

Json results(const std::string& output) {
  return {{"output", output}, {"visibility", "visible"}};
}

struct Results {
  Json operator()(const GradeSheet& sheet) const {
    const std::string points = score_table_of(sheet, kStyle) + score_lines_of(sheet, kStyle);
    if (!sheet.score) {
      return results("Not graded: " + printable(noise_of(sheet)) + ". This is not a score of 0.\n\n" + points);
    }
    Json json{{"score", *sheet.score}};
    json.update(results(head_of(sheet, kStyle) + "\n" + points));
    json["tests"] = tests_json(sheet);
    return json;
  }

  Json operator()(const NotBuilt& built) const {
    Json json{{"score", 0.0}};
    json.update(results(sentence_of(built) + ".\n"));
    json["tests"] = Json::array({test_json("builds", false, plain_text_of(built))});
    return json;
  }

  // Why may quote the course's own files, and a student reads this; whoever runs the autograder has it in the log.
  Json operator()(const NotGraded&) const {
    return results(
        "Not graded: the autograder failed. This is not a score of 0, and says nothing about the submission. "
        "Please tell the course staff, who find the reason in the autograder's log.");
  }
};

}  // namespace

std::string gradescope_of(const Outcome& outcome) {
  return std::visit(Results{}, outcome).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace heapjudge
