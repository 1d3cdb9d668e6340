#include "cli/grade_fuzz.h"

#include <algorithm>

#include "cli/commands.h"
#include "cli/signals.h"
#include "fuzz/graded_hunt.h"

namespace heapjudge {
namespace {

bool has_failures(const GradeSheet& sheet) {
  return std::ranges::any_of(sheet.traces, [](const TraceRow& row) { return row.ran && !row.passed; });
}

// Empty when there is none.
std::string reason_to_leave_out(const Rubric& rubric, const GradeOptions& options, const GradeSheet& sheet) {
  const bool traces_chosen = !options.traces.empty() || options.trace_dir || !options.expression.empty();
  if (options.without_fuzz) return "--no-fuzz";
  if (traces_chosen || options.last_failed_only) return "only some traces were asked for";
  if (options.each_trace_once) return "each trace was to run once";
  if (rubric.build.abi == Abi::kIlp32) return "32-bit programs are not fuzzed";
  if (options.stop_at_first && has_failures(sheet)) return "stopped after the first failure";
  const auto unusable = std::ranges::find(sheet.static_findings, Fault::kBadSignature, &StaticFinding::fault);
  return unusable == sheet.static_findings.end() ? "" : unusable->message;
}

}  // namespace

void run_fuzz_part(const Rubric& rubric, const GradeOptions& options, const std::function<void()>& between,
                   ProgressBar& progress, GradeSheet& sheet) {
  if (!rubric.fuzz) return;
  FuzzHunt hunt{.not_run = reason_to_leave_out(rubric, options, sheet)};
  if (hunt.not_run.empty()) {
    const std::size_t inputs = rubric.fuzz->inputs * kAllTiers.size();
    progress.say("building the submission to be fuzzed");
    const auto tell = [&](const FuzzProgress& made) {
      progress.show({.what = "fuzzed", .done = made.counts.inputs, .total = inputs, .of = "inputs"});
      if (between) between();
      return true;
    };
    hunt = hunt_for_grade(
        rubric,
        {.submission = options.submission, .state_dir = kStateDir, .require_isolation = options.require_isolation}, tell);
  }
  add_fuzz_part(sheet, charge(*rubric.fuzz, std::move(hunt)));
}

}  // namespace heapjudge
