// Names, results and figures in words.
#include "reports/sheet_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "oracle/fault.h"
#include "reports/numbers.h"
#include "reports/printable.h"
#include "reports/report.h"
#include "reports/trace_table.h"

namespace heapjudge {
namespace {

constexpr TextStyle kPlain{.unicode = true, .verbose = true, .columns = 100};

// Gives each name out once.
class Names {
 public:
  std::string unused(const std::string& name) {
    std::string candidate = name;
    for (std::size_t& times = met_[name]; !used_.insert(candidate).second;) {
      candidate = fmt::format("{} ({})", name, ++times + 1);
    }
    return candidate;
  }

 private:
  std::set<std::string> used_;
  std::map<std::string, std::size_t> met_;  // how many others of that name
};

}  // namespace

std::vector<std::string> names_of(const std::vector<TraceRow>& rows) {
  std::vector<std::string> names;
  Names given;
  for (const TraceRow& row : rows) names.push_back(given.unused(printable(row.result.name)));
  return names;
}

std::string_view result_of(const TraceRow& row) {
  if (!row.ran) return "not run";
  return row.passed ? "passed" : "failed";
}

std::string_view name_of(TraceState state) {
  switch (state) {
    case TraceState::kPassed:
      return "passed";
    case TraceState::kFailed:
      return "failed";
    case TraceState::kNotRun:
      return "not run";
  }
  return "";
}

std::string score_text_of(const GradeSheet& sheet) {
  if (!sheet.score) return "no score: " + printable(noise_of(sheet));
  return fmt::format("{} of {:g}", points_text(*sheet.score), sheet.max_score);
}

std::string figures_of(const TraceRow& row, const Scoring& scoring) {
  const TraceResult& result = row.result;
  if (result.hidden) return "";
  if (!row.ran) return printable("not run: " + result.not_run);
  if (!row.passed || !result.examination || !result.examination->profile) return "";
  const HeapProfile& profile = *result.examination->profile;
  std::string text =
      fmt::format("utilization {} %, heap {}", percent(profile.utilization), kibibytes(profile.heap_bytes));
  if (result.measurement) {
    text += fmt::format(", {} the speed of {}", speed_text(result.measurement->speed), scoring.measuring.reference);
  }
  if (row.points) text += fmt::format(", {} points", points_text(*row.points));
  if (row.to_gain) text += fmt::format(" and {} to gain", points_text(*row.to_gain));
  return text;
}

std::string check_name_of(const RepeatedCheck& check) {
  std::string_view what;
  if (check.fault == Fault::kInitDoesNotReset) what = "a second run in the process";
  if (check.fault == Fault::kDependsOnOldBytes) what = "a run in memory that is not zero";
  if (check.fault == Fault::kRefusalMishandled) what = "a run with a refused growth";
  if (check.fault == Fault::kOwnCheckerComplains) what = "a run with its own heap checker";
  return fmt::format("{}, {}", code_of(check.fault), what);
}

std::string check_text_of(const RepeatedCheck& check) {
  const std::string name = check_name_of(check);
  return check.made == 0 ? name + ": no trace got that far"
                         : fmt::format("{}: fails on {} of {} traces", name, check.failed, check.made);
}

std::vector<std::string> failures_of(const RepeatedCheck& check, const GradeSheet& sheet) {
  std::vector<std::string> lines;
  for (const TraceRow& row : sheet.traces) {
    const Finding* finding = finding_of(row.result);
    if (finding == nullptr || finding->fault != check.fault || !row.passed) continue;
    lines.push_back(printable(row.result.name + ": " + short_text_of(*finding)));
  }
  return lines;
}

bool decides(const GradeSheet& sheet, const TraceRow& row) {
  return std::any_of(sheet.tiers.begin(), sheet.tiers.end(),
                     [&row](const TierRow& tier) { return tier.decides && row.charged == tier.tier; });
}

std::string sentence_of(const NotBuilt& outcome) {
  return printable(outcome.submission) + " does not build";
}

std::vector<std::string> compiler_lines_of(const NotBuilt& outcome) {
  std::vector<std::string> lines;
  std::string_view rest = outcome.failed.diagnostics;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines.push_back(printable_source(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

std::string plain_text_of(const Outcome& outcome) {
  if (const auto* sheet = std::get_if<GradeSheet>(&outcome)) return text_of(*sheet, kPlain);
  if (const auto* built = std::get_if<NotBuilt>(&outcome)) {
    return fmt::format("{}: {}\n\n{}\n", sentence_of(*built), printable(built->failed.command),
                       fmt::join(compiler_lines_of(*built), "\n"));
  }
  const auto& graded = std::get<NotGraded>(outcome);
  return fmt::format("{} was not graded: {}\nThis is the grader's fault, not the submission's, and no score.\n",
                     printable(graded.submission), printable(graded.why));
}

}  // namespace heapjudge
