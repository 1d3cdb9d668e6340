// What an Autolab driver prints (https://docs.autolabproject.com/features/formatted-feedback/ and /lab/).
//
// Theory of operation: Autolab takes the last line for the scores, after it has put quotes around every word that a
// colon follows (its own app/helpers/assessment_autograde_core.rb: gsub(/([a-zA-Z0-9]+):/, '"\1":')), which breaks a
// name like "Trace a:b". So nothing but our own constants and numbers stands in that line, and whatever has a name
// stands before it: in the line of feedback, which is read as it is, and in the report. Where the last line is no JSON,
// Autolab records 0 points and publishes them; null is a score that is not there, which its database and pages know.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/fuzz_part.h"
#include "reports/numbers.h"
#include "reports/outcome.h"
#include "reports/printable.h"
#include "reports/sheet_words.h"
#include "reports/trace_table.h"

namespace heapjudge {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kProblem = "heapjudge";

Json number(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json test_json(bool passed, const std::string& hint) {
  Json test{{"passed", passed}};
  if (!hint.empty()) test["hint"] = hint;
  return test;
}

std::string hint_for_row(const TraceRow& row) {
  if (row.result.hidden || row.passed) return "";
  const Finding* finding = finding_of(row.result);
  return printable(finding != nullptr ? short_text_of(*finding) : "not run: " + row.result.not_run);
}

// Stages in the order in which a person would read them. Names of ours are the keys of stages, because Autolab keeps
// keys of its own beside them.
class Feedback {
 public:
  void add(const std::string& stage, const std::string& test, Json value) {
    if (!json_.contains(stage)) json_["stages"].push_back(stage);
    json_[stage][test] = std::move(value);
  }

  std::string line() const { return line_of(json_); }

 private:
  Json json_{{"_presentation", "semantic"}, {"stages", Json::array()}};
};

std::string stage_of(Tier tier) {
  return fmt::format("{} {}", name_of(tier), title_of(tier));
}

std::string part_of(const PerformanceRow& row) {
  return fmt::format("{} of {:g}", points_text(row.points), row.max_points);
}

void add_traces(const GradeSheet& sheet, Feedback& feedback) {
  const std::vector<std::string> names = names_of(sheet.traces);
  for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
    const TraceRow& row = sheet.traces[i];
    // With a word before it, because keys that begin with an underscore are Autolab's own.
    feedback.add(row.result.hidden ? "Hidden" : stage_of(row.result.tier), "trace " + names[i],
                 test_json(row.passed, hint_for_row(row)));
  }
  for (const TierRow& tier : sheet.tiers) {
    for (const RepeatedCheck& check : tier.checks) {
      feedback.add(stage_of(tier.tier), check_name_of(check),
                   test_json(check.passed(), check.passed() ? "" : check_text_of(check)));
    }
  }
}

void add_fuzz(const FuzzPart& part, Feedback& feedback) {
  if (!part.hunt.not_run.empty()) return;
  if (part.hunt.findings.empty()) feedback.add("Fuzz", "finds nothing", test_json(true, ""));
  for (const FuzzFinding& finding : part.hunt.findings) {
    const std::string what = printable(short_text_of(*finding_of(finding.result)));
    feedback.add("Fuzz", fuzz_name_of(finding), test_json(false, what + and_symptoms_of(finding)));
  }
}

std::string feedback_of(const GradeSheet& sheet) {
  Feedback feedback;
  feedback.add("Submission", "builds", test_json(true, ""));
  for (const StaticFinding& finding : sheet.static_findings) {
    feedback.add("Submission", code_of(finding.fault) + " " + printable(finding.subject),
                 test_json(false, printable(finding.message)));
  }
  add_traces(sheet, feedback);
  if (sheet.fuzz) add_fuzz(*sheet.fuzz, feedback);
  feedback.add("Points", "score", score_text_of(sheet));
  if (sheet.utilization) feedback.add("Points", "utilization", part_of(*sheet.utilization));
  if (sheet.throughput) feedback.add("Points", "throughput", part_of(*sheet.throughput));
  if (sheet.fuzz && !fuzz_amount_of(*sheet.fuzz).empty()) feedback.add("Points", "fuzz", fuzz_amount_of(*sheet.fuzz));
  return feedback.line();
}

std::string scores_line(const std::optional<double>& score, const Json& scoreboard) {
  Json json{{"scores", {{kProblem, number(score)}}}};
  if (score) json["scoreboard"] = scoreboard;
  return line_of(json);
}

struct LastLines {
  std::string operator()(const GradeSheet& sheet) const {
    const auto mean = [](const std::optional<PerformanceRow>& row) {
      return row ? number(row->mean) : Json(nullptr);
    };
    return feedback_of(sheet) +
           scores_line(sheet.score, {number(sheet.score), mean(sheet.utilization), mean(sheet.throughput)});
  }

  std::string operator()(const NotBuilt& built) const {
    Feedback feedback;
    feedback.add("Submission", "builds", test_json(false, sentence_of(built)));
    return feedback.line() + scores_line(0.0, {0.0, nullptr, nullptr});
  }

  std::string operator()(const NotGraded&) const {
    Feedback feedback;
    feedback.add("Submission", "is graded", test_json(false, "the grader failed; this is no score"));
    return feedback.line() + scores_line(std::nullopt, {});
  }
};

}  // namespace

std::string autolab_of(const Outcome& outcome) {
  return plain_text_of(outcome) + "\n" + std::visit(LastLines{}, outcome);
}

}  // namespace heapjudge
