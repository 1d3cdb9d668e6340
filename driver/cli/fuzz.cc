// heapjudge fuzz: from options to a hunt, its report and an exit status.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/screen.h"
#include "cli/signals.h"
#include "fuzz/emit_c.h"
#include "fuzz/session.h"
#include "judge/whole_file.h"
#include "reports/fuzz.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

FuzzSettings settings_of(const FuzzOptions& options, const std::string& command) {
  return {.submission = options.common.submission,
          .seed = options.seed,
          .seconds = options.seconds,
          .inputs = options.inputs,
          .stop_after = options.stop_after,
          .highest_tier = options.highest_tier,
          .workers = std::max(1u, options.common.workers),
          .corpus = options.corpus,
          .state_dir = kStateDir,
          .waste = options.times_the_heap ? std::optional(WasteRules{.times = *options.times_the_heap}) : std::nullopt,
          .sanitize = true,
          .require_isolation = options.common.require_isolation,
          .command = command,
          .options = options_that_judge(options.common)};
}

std::string status_text(const FuzzProgress& progress) {
  const double seconds = std::max(progress.seconds, 1e-3);
  const auto per_second = [&](std::uint64_t count) { return static_cast<double>(count) / seconds; };
  return fmt::format("{:.0f} s   {:.1f} million requests, {:.1f} M/s   {} executions, {:.0f}/s   {} {}",
                     progress.seconds, static_cast<double>(progress.counts.requests) / 1e6,
                     per_second(progress.counts.requests) / 1e6, progress.counts.executions,
                     per_second(progress.counts.executions), progress.findings,
                     progress.findings == 1 ? "finding" : "findings");
}

void write_programs(const Rubric& rubric, const FuzzSheet& sheet) {
  for (const FuzzFinding& finding : sheet.findings) {
    std::filesystem::path program = finding.result.file;
    const EmitSettings settings{.prefix = rubric.inspect.prefix,
                                .alignment = rubric.alignment_bytes(),
                                .heap_limit_bytes = rubric.heap.limit_bytes};
    write_whole_file(program.replace_extension(".c"), emit_c(load_trace(finding.result.file), settings));
  }
}

std::string rendered(const FuzzSheet& sheet, const GradeOptions& options) {
  if (options.format == Format::kJson) return json_of(sheet);
  return text_of(sheet, text_style(options.colour, options.verbose, options.output.has_value()));
}

ExitStatus exit_status_of(const FuzzSheet& sheet) {
  if (!sheet.findings.empty()) return kExitRuleBroken;
  return sheet.interrupted ? kExitInterrupted : kExitPassed;
}

}  // namespace

int run_fuzz(const FuzzOptions& options, const std::string& command) {
  const Rubric rubric = rubric_for(options.common);
  const InterruptNoted interrupt;
  ProgressLine progress;
  progress.show("building the submission");
  const auto tell = [&](const FuzzProgress& made) {
    progress.show(status_text(made));
    return !interrupt.came();
  };
  const auto outcome = fuzz_submission(rubric, settings_of(options, command), tell);
  progress.clear();
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) return report_build_failure(*failed);
  const FuzzSheet& sheet = std::get<FuzzSheet>(outcome);
  if (options.emit_c) write_programs(rubric, sheet);
  const std::string text = rendered(sheet, options.common);
  if (options.common.output) {
    write_whole_file(*options.common.output, text);
  } else {
    write_stdout(text);
  }
  return exit_status_of(sheet);
}

}  // namespace heapjudge
