// heapjudge trace shrink: from a failing trace to a short one, and what is to be said of it.
#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>
#include <system_error>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/screen.h"
#include "cli/signals.h"
#include "cli/trace_output.h"
#include "fuzz/shrink_failure.h"
#include "judge/whole_file.h"
#include "reports/printable.h"
#include "reports/report.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

ShrinkFailureSettings settings_of(const TraceShrinkOptions& options, const std::string& command) {
  return {.submission = options.common.submission,
          .trace = options.trace,
          .refuse_growth = options.common.refuse_growth,
          .most_tries = options.most_tries,
          .state_dir = kStateDir,
          .command = command,
          .options = options_that_judge(options.common)};
}

fs::path failures_folder() {
  const fs::path folder = fs::path(kStateDir) / "failures";
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw std::runtime_error(folder.string() + ": " + error.message());
  return folder;
}

std::string stem_of(const fs::path& trace) {
  std::string name = trace.filename().string();
  return name.substr(0, name.find(".rep"));
}

fs::path output_of(const TraceShrinkOptions& options, const ShrunkFailure& failure) {
  if (options.common.output) return *options.common.output;
  const Fault fault = finding_of(failure.result)->fault;
  const std::string stem = stem_of(options.trace);
  const std::string code = "-" + code_of(fault);
  // What came from there already is not called by its code twice.
  const bool has_code = stem.ends_with(code);
  const std::string name = (has_code ? stem.substr(0, stem.size() - code.size()) : stem) + "-shrunk";
  return failures_folder() / failure_file_name(name, fault);
}

std::string summary_of(const ShrunkFailure& failure, const std::string& trace) {
  const std::size_t left = failure.shrunk.trace.requests().size();
  return fmt::format("{}: {} of {} requests are left after {} runs{}\n\n", printable(trace), left,
                     failure.requests_before, failure.shrunk.tries,
                     failure.shrunk.is_minimal
                         ? "; without any one of them it does not fail so"
                         : ", which is as many as were allowed: more can shrink it further");
}

void report(const TraceShrinkOptions& options, ShrunkFailure& failure) {
  const fs::path output = output_of(options, failure);
  write_trace(failure.shrunk.trace, output);
  if (options.program) write_whole_file(*options.program, emit_c(failure.shrunk.trace, failure.dialect));
  failure.result.file = failure.result.saved_prefix = output;
  write_stdout(
      summary_of(failure, options.trace.string()) +
      text_of_failure(failure.result, failure.identity, text_style(options.common.colour, false, false)));
}

}  // namespace

int run_trace_shrink(const TraceShrinkOptions& options, const std::string& command) {
  const Rubric rubric = rubric_for(options.common);
  ProgressLine progress;
  progress.show("building the submission");
  const auto tell = [&](std::size_t tries, std::size_t requests) {
    progress.show(fmt::format("{} requests are left after {} runs", requests, tries));
  };
  ShrinkFailureOutcome outcome = shrink_failure(rubric, settings_of(options, command), tell);
  give_way_to_interrupt();
  progress.clear();
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) return report_build_failure(*failed);
  if (std::holds_alternative<PassesAfterAll>(outcome)) {
    write_stdout(printable(options.trace.string()) + ": passes, there is nothing to shrink\n");
    return kExitPassed;
  }
  report(options, std::get<ShrunkFailure>(outcome));
  return kExitRuleBroken;
}

}  // namespace heapjudge
