// heapjudge grade: from options to a report and an exit status.
#include <algorithm>
#include <cstdio>
#include <thread>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/grade_fuzz.h"
#include "cli/grade_output.h"
#include "cli/progress.h"
#include "cli/rubric_choice.h"
#include "cli/screen.h"
#include "cli/signals.h"
#include "cli/state_files.h"
#include "cli/trace_selection.h"
#include "judge/session.h"
#include "judge/tree.h"
#include "reports/printable.h"
#include "reports/report.h"

namespace heapjudge {
namespace {

// The submission's words, as Identity::submission has them.
std::string submission_text(const GradeOptions& options) {
  std::string text;
  for (const auto& path : options.submission) text += (text.empty() ? "" : " ") + path.string();
  return text;
}

std::vector<TraceEntry> traces_of(const Rubric& rubric, const GradeOptions& options) {
  std::vector<TraceEntry> traces = select_traces(rubric, options);
  if (!options.last_failed_only && !options.last_failed_first) return traces;
  const LastFailed wish = options.last_failed_only ? LastFailed::kOnly : LastFailed::kFirst;
  return by_last_failures(std::move(traces), submission_text(options), wish);
}

SessionSettings session_settings(const GradeOptions& options, std::vector<TraceEntry> traces,
                                 const std::string& command) {
  return {
      .submission = options.submission,
      .traces = std::move(traces),
      .stop_at_first = options.stop_at_first,
      .refuse_growth = options.refuse_growth,
      .own_checks = options.refuse_growth,
      .measure = !options.without_speed,
      .require_isolation = options.require_isolation,
      .history = options.html.has_value(),
      .workers = workers_of(options),
      .state_dir = kStateDir,
      .command = command,
      .options = options_that_judge(options)};
}

// What the result does not tell, or would hide in a file.
ExitStatus report_not_built(const GradeOptions& options, const BuildFailed& failed, const GradeListener& listener) {
  NotBuilt built{.submission = submission_text(options), .files = {}, .failed = failed};
  for (const std::filesystem::path& file : options.submission) built.files.push_back(file.string());
  if (listener.no_result) listener.no_result(built);
  const bool log_has_it = options.format == Format::kGithub && !options.output;  // without commands
  if (!log_has_it) report_build_failure(failed);
  return kExitNotBuilt;
}

// A course system that finds no result may take an old one, or zero. What cannot be written now is told by the error
// that led here.
void report_not_graded(const GradeOptions& options, const std::string& why) {
  try {
    write_outcome(options, NotGraded{.submission = submission_text(options), .why = why});
  } catch (const std::exception&) {
  }
}

}  // namespace

int report_build_failure(const BuildFailed& failed) {
  std::fprintf(stderr, "%s\nheapjudge: the submission does not build: %s\n", failed.diagnostics.c_str(),
               failed.command.c_str());
  return kExitNotBuilt;
}

std::vector<std::string> options_that_judge(const GradeOptions& options) {
  std::vector<std::string> words;
  const auto add = [&words](const std::string& name, const std::string& value) {
    words.push_back(name);
    words.push_back(value);
  };
  if (options.rubric) add("--rubric", options.rubric->string());
  if (options.abi) add("--abi", *options.abi == Abi::kIlp32 ? "ilp32" : "lp64");
  if (options.alignment_bytes) add("--align", std::to_string(*options.alignment_bytes));
  if (options.refuse_growth) words.emplace_back("--check");
  if (options.without_speed) words.emplace_back("--no-speed");
  return words;
}

Rubric rubric_for(const GradeOptions& options) {
  Rubric rubric = load_rubric(rubric_file(options.rubric, heapjudge_tree()));
  if (options.abi) rubric.build.abi = *options.abi;
  if (options.alignment_bytes) rubric.alignment = options.alignment_bytes;
  if (options.timeout_seconds) {
    rubric.deadlines.trace_seconds = *options.timeout_seconds;
    rubric.deadlines.request_seconds = std::min(rubric.deadlines.request_seconds, *options.timeout_seconds);
  }
  if (options.each_trace_once) rubric.rerun = rubric.other_fill = rubric.own_checks = false;
  if (!options.traces.empty()) {  // who asks for a trace wants its answer in the exit status
    for (TierRules& tier : rubric.tiers) tier.decides = true;
  }
  return rubric;
}

unsigned workers_of(const GradeOptions& options) {
  return options.workers != 0 ? options.workers : std::max(1u, std::thread::hardware_concurrency());
}

std::variant<GradeSheet, ExitStatus> grade_once(const GradeOptions& options, const std::string& command,
                                                const GradeListener& listener) {
  const Rubric rubric = rubric_for(options);
  std::vector<TraceEntry> traces = traces_of(rubric, options);
  if (traces.empty()) {
    if (listener.no_result) listener.no_result(NotGraded{submission_text(options), "no trace is selected"});
    std::fputs("heapjudge: no trace is selected\n", stderr);
    return kExitNothingSelected;
  }
  ProgressBar progress;
  progress.say("building the submission");
  const auto tell = [&](const SessionProgress& made) {
    const std::string_view what = made.step == SessionStep::kChecking ? "checked" : "timed";
    progress.show({.what = what, .done = made.done, .total = made.total, .of = "traces"});
    if (listener.between) listener.between();
  };
  auto outcome = run_session(rubric, session_settings(options, std::move(traces), command), tell);
  give_way_to_interrupt();
  if (auto* sheet = std::get_if<GradeSheet>(&outcome)) run_fuzz_part(rubric, options, listener.between, progress, *sheet);
  give_way_to_interrupt();
  progress.clear();
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) return report_not_built(options, *failed, listener);
  keep_failures(std::get<GradeSheet>(outcome));
  return std::get<GradeSheet>(std::move(outcome));
}

int grade_and_report(const GradeOptions& options, const std::string& command, const Reporter& report) {
  std::optional<PastRun> before;
  if (options.save_as) check_run_name(*options.save_as);
  if (options.compare_with) before = load_run(*options.compare_with);
  auto graded = grade_once(options, command, {.no_result = report});
  if (const auto* stopped = std::get_if<ExitStatus>(&graded)) return *stopped;
  GradeSheet& sheet = std::get<GradeSheet>(graded);
  if (before) sheet.comparison = compare(sheet, *before);
  if (options.save_as) save_run(*options.save_as, sheet);
  report(sheet);
  const ExitStatus status = exit_status_of(sheet, options.min_score_points);
  if (status == kExitTooNoisy) std::fprintf(stderr, "heapjudge: %s\n", printable(noise_of(sheet)).c_str());
  return status;
}

int run_grade(const GradeOptions& options, const std::string& command) {
  if (options.watch) return run_watch(options, command);
  bool reported = false;
  const auto report = [&](const Outcome& outcome) {
    reported = true;
    write_outcome(options, outcome);
  };
  try {
    return grade_and_report(options, command, report);
  } catch (const std::exception& error) {
    give_way_to_interrupt();
    if (!reported) report_not_graded(options, error.what());
    throw;
  }
}

}  // namespace heapjudge
