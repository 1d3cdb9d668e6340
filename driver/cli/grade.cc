// heapjudge grade: from options to a report and an exit status.
#include <algorithm>
#include <cstdio>
#include <thread>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/progress.h"
#include "cli/rubric_choice.h"
#include "cli/screen.h"
#include "cli/signals.h"
#include "cli/state_files.h"
#include "cli/trace_selection.h"
#include "judge/session.h"
#include "judge/tree.h"
#include "judge/whole_file.h"
#include "reports/printable.h"

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

// What another command needs to judge alike.
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

SessionSettings session_settings(const GradeOptions& options, std::vector<TraceEntry> traces,
                                 const std::string& command) {
  return {
      .submission = options.submission,
      .traces = std::move(traces),
      .stop_at_first = options.stop_at_first,
      .refuse_growth = options.refuse_growth,
      .measure = !options.without_speed,
      .require_isolation = options.require_isolation,
      .workers = workers_of(options),
      .state_dir = kStateDir,
      .command = command,
      .options = options_that_judge(options)};
}

int report_build_failure(const BuildFailed& failed) {
  std::fprintf(stderr, "%s\nheapjudge: the submission does not build: %s\n", failed.diagnostics.c_str(),
               failed.command.c_str());
  return kExitNotBuilt;
}

}  // namespace

Rubric rubric_for(const GradeOptions& options) {
  Rubric rubric = load_rubric(rubric_file(options.rubric, heapjudge_tree()));
  if (options.abi) rubric.build.abi = *options.abi;
  if (options.alignment_bytes) rubric.alignment = options.alignment_bytes;
  if (options.timeout_seconds) {
    rubric.deadlines.trace_seconds = *options.timeout_seconds;
    rubric.deadlines.request_seconds = std::min(rubric.deadlines.request_seconds, *options.timeout_seconds);
  }
  if (options.each_trace_once) rubric.rerun = rubric.other_fill = false;
  if (!options.traces.empty()) {  // who asks for a trace wants its answer in the exit status
    for (TierRules& tier : rubric.tiers) tier.decides = true;
  }
  return rubric;
}

unsigned workers_of(const GradeOptions& options) {
  return options.workers != 0 ? options.workers : std::max(1u, std::thread::hardware_concurrency());
}

std::variant<GradeSheet, ExitStatus> grade_once(const GradeOptions& options, const std::string& command,
                                                const std::function<void()>& between) {
  const Rubric rubric = rubric_for(options);
  std::vector<TraceEntry> traces = traces_of(rubric, options);
  if (traces.empty()) {
    std::fputs("heapjudge: no trace is selected\n", stderr);
    return kExitNothingSelected;
  }
  ProgressBar progress;
  progress.say("building the submission");
  const auto tell = [&](const SessionProgress& made) {
    const std::string_view what = made.step == SessionStep::kChecking ? "checked" : "timed";
    progress.show({.what = what, .done = made.done, .total = made.total, .of = "traces"});
    if (between) between();
  };
  auto outcome = run_session(rubric, session_settings(options, std::move(traces), command), tell);
  give_way_to_interrupt();
  progress.clear();
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) {
    report_build_failure(*failed);
    return kExitNotBuilt;
  }
  keep_failures(std::get<GradeSheet>(outcome));
  return std::get<GradeSheet>(std::move(outcome));
}

int grade_and_report(const GradeOptions& options, const std::string& command, const Renderer& render) {
  std::optional<PastRun> before;
  if (options.save_as) check_run_name(*options.save_as);
  if (options.compare_with) before = load_run(*options.compare_with);
  auto graded = grade_once(options, command);
  if (const auto* stopped = std::get_if<ExitStatus>(&graded)) return *stopped;
  GradeSheet& sheet = std::get<GradeSheet>(graded);
  if (before) sheet.comparison = compare(sheet, *before);
  if (options.save_as) save_run(*options.save_as, sheet);
  const std::string text = render(sheet);
  if (options.output) {
    write_whole_file(*options.output, text);
  } else {
    write_stdout(text);
  }
  const ExitStatus status = exit_status_of(sheet, options.min_score_points);
  if (status == kExitTooNoisy) std::fprintf(stderr, "heapjudge: %s\n", printable(noise_of(sheet)).c_str());
  return status;
}

int run_grade(const GradeOptions& options, const std::string& command) {
  if (options.watch) return run_watch(options, command);
  return grade_and_report(options, command, [&](const GradeSheet& sheet) {
    switch (options.format) {
      case Format::kText:
        return text_of(sheet, text_style(options.colour, options.verbose, options.output.has_value()));
      case Format::kJson:
        return json_of(sheet);
    }
    return std::string();
  });
}

}  // namespace heapjudge
