// A grade sheet as JUnit XML. The elements and attributes are those that Jenkins' schema has
// (https://github.com/jenkinsci/xunit-plugin, junit-10.xsd) and GitLab reads; a test is known by its class and name
// together, so no two are the same.
#include <fmt/format.h>

#include <map>

#include "oracle/fault.h"
#include "reports/fuzz_part.h"
#include "reports/outcome.h"
#include "reports/report.h"
#include "reports/sheet_words.h"
#include "reports/trace_table.h"
#include "reports/xml_text.h"

namespace heapjudge {
namespace {

enum class Result { kPassed, kFailed, kError, kSkipped };

struct Case {
  std::string name;
  Result result = Result::kPassed;
  std::string type = {};     // of a failure or an error
  std::string message = {};  // of all but a pass
  std::string text = {};
};

struct Suite {
  std::string name;   // for people
  std::string group;  // the end of the class
  std::vector<Case> cases = {};
};

std::size_t count_of(const std::vector<Case>& cases, Result result) {
  std::size_t count = 0;
  for (const Case& one : cases) count += one.result == result ? 1 : 0;
  return count;
}

std::string element_of(std::string_view name, const Case& one) {
  if (name == "skipped") return "<skipped" + xml_attributes({{"message", one.message}}) + "/>";
  return fmt::format("<{0}{1}>{2}</{0}>", name, xml_attributes({{"type", one.type}, {"message", one.message}}),
                     xml_text(one.text));
}

std::string xml_of(const Case& one, const std::string& group) {
  const std::string start =
      "    <testcase" + xml_attributes({{"classname", "heapjudge." + group}, {"name", one.name}});
  switch (one.result) {
    case Result::kPassed:
      return start + "/>\n";
    case Result::kFailed:
      return start + ">" + element_of("failure", one) + "</testcase>\n";
    case Result::kError:
      return start + ">" + element_of("error", one) + "</testcase>\n";
    case Result::kSkipped:
      return start + ">" + element_of("skipped", one) + "</testcase>\n";
  }
  return "";
}

std::string counts_of(const std::vector<Case>& cases) {
  return xml_attributes({{"tests", std::to_string(cases.size())},
                         {"failures", std::to_string(count_of(cases, Result::kFailed))},
                         {"errors", std::to_string(count_of(cases, Result::kError))},
                         {"skipped", std::to_string(count_of(cases, Result::kSkipped))}});
}

std::string xml_of(const Suite& suite) {
  std::string text = "  <testsuite" + xml_attributes({{"name", suite.name}}) + counts_of(suite.cases) + ">\n";
  for (const Case& one : suite.cases) text += xml_of(one, suite.group);
  return text + "  </testsuite>\n";
}

Case case_of(const TraceRow& row, const std::string& name, const Identity& identity) {
  if (!row.ran) return {name, Result::kSkipped, "", row.result.hidden ? "" : row.result.not_run};
  if (row.passed) return {name};
  const Finding* finding = finding_of(row.result);
  if (finding == nullptr) return {name, Result::kFailed, "hidden", "failed"};
  return {name, Result::kFailed, code_of(finding->fault), short_text_of(*finding),
          text_of_failure(row.result, identity, {.unicode = true, .columns = 100})};
}

Case case_of(const RepeatedCheck& check, const GradeSheet& sheet) {
  const std::string words = check_text_of(check);
  const std::string name = check_name_of(check);
  if (check.passed()) return {name};
  if (check.made == 0) return {name, Result::kSkipped, "", words};
  return {name, Result::kFailed, code_of(check.fault), words,
          fmt::format("{}\n", fmt::join(failures_of(check, sheet), "\n"))};
}

Suite submission_suite(const GradeSheet& sheet) {
  Suite suite{"submission", "submission", {{"builds"}}};
  std::map<std::string, int> met;
  for (const StaticFinding& finding : sheet.static_findings) {
    const std::string name = code_of(finding.fault) + " " + finding.subject;
    const int before = met[name]++;
    suite.cases.push_back({before == 0 ? name : fmt::format("{} ({})", name, before + 1), Result::kFailed,
                           code_of(finding.fault), finding.message, finding.message});
  }
  if (!sheet.noisy.empty()) {
    suite.cases.push_back({"measures steadily", Result::kError, "noise", noise_of(sheet), noise_of(sheet)});
  }
  return suite;
}

Suite tier_suite(const GradeSheet& sheet, const TierRow& tier, const std::vector<std::string>& names) {
  Suite suite{fmt::format("{} {}", name_of(tier.tier), title_of(tier.tier)), std::string(name_of(tier.tier))};
  for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
    const TraceRow& row = sheet.traces[i];
    if (!row.result.hidden && row.result.tier == tier.tier) {
      suite.cases.push_back(case_of(row, names[i], sheet.identity));
    }
  }
  for (const RepeatedCheck& check : tier.checks) suite.cases.push_back(case_of(check, sheet));
  return suite;
}

Suite hidden_suite(const GradeSheet& sheet, const std::vector<std::string>& names) {
  Suite suite{"hidden", "hidden"};
  for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
    if (sheet.traces[i].result.hidden) suite.cases.push_back(case_of(sheet.traces[i], names[i], sheet.identity));
  }
  return suite;
}

Suite fuzz_suite(const GradeSheet& sheet) {
  Suite suite{"fuzz", "fuzz"};
  if (!sheet.fuzz) return suite;
  const FuzzPart& part = *sheet.fuzz;
  const std::string remarks = fmt::format("{}", fmt::join(fuzz_remarks_of(part), "; "));
  if (!part.hunt.not_run.empty()) suite.cases.push_back({"finds nothing", Result::kSkipped, "", remarks});
  if (part.hunt.not_run.empty() && part.hunt.findings.empty()) suite.cases.push_back({"finds nothing"});
  for (const FuzzFinding& finding : part.hunt.findings) {
    const Finding& what = *finding_of(finding.result);
    suite.cases.push_back({fuzz_name_of(finding), Result::kFailed, code_of(what.fault), short_text_of(what),
                           text_of_finding(finding, sheet.identity, {.unicode = true, .columns = 100})});
  }
  return suite;
}

struct Suites {
  std::vector<Suite> operator()(const GradeSheet& sheet) const {
    const std::vector<std::string> names = names_of(sheet.traces);
    std::vector<Suite> suites{submission_suite(sheet)};
    for (const TierRow& tier : sheet.tiers) suites.push_back(tier_suite(sheet, tier, names));
    suites.push_back(hidden_suite(sheet, names));
    suites.push_back(fuzz_suite(sheet));
    std::erase_if(suites, [](const Suite& suite) { return suite.cases.empty(); });
    return suites;
  }

  std::vector<Suite> operator()(const NotBuilt& built) const {
    return {{"submission",
             "submission",
             {{"builds", Result::kFailed, "build", sentence_of(built), plain_text_of(built)}}}};
  }

  std::vector<Suite> operator()(const NotGraded& graded) const {
    return {
        {"submission", "submission", {{"is graded", Result::kError, "grader", graded.why, plain_text_of(graded)}}}};
  }
};

}  // namespace

std::string junit_of(const Outcome& outcome) {
  const std::vector<Suite> suites = std::visit(Suites{}, outcome);
  std::vector<Case> all;
  for (const Suite& suite : suites) all.insert(all.end(), suite.cases.begin(), suite.cases.end());
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                     xml_attributes({{"name", "heapjudge " + submission_of(outcome)}}) + counts_of(all) + ">\n";
  for (const Suite& suite : suites) text += xml_of(suite);
  return text + "</testsuites>\n";
}

}  // namespace heapjudge
