// heapjudge bench: allocators side by side.
#include "judge/bench_run.h"

#include <algorithm>
#include <cstdio>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/progress.h"
#include "cli/screen.h"
#include "cli/signals.h"
#include "cli/trace_selection.h"
#include "judge/whole_file.h"
#include "reports/bench.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

std::string render(const BenchSheet& sheet, const BenchOptions& options) {
  switch (options.format) {
    case BenchFormat::kText:
      return text_of(sheet, text_style(options.common.colour, false, options.common.output.has_value()));
    case BenchFormat::kJson:
      return json_of(sheet);
    case BenchFormat::kCsv:
      return csv_of(sheet);
    case BenchFormat::kMarkdown:
      return markdown_of(sheet);
  }
  return "";
}

// References come after the submissions; how they do is not the exit status's affair.
int exit_status_of(const BenchSheet& sheet, std::size_t submissions) {
  const auto own = std::span(sheet.entries).first(submissions);
  if (std::ranges::any_of(own, [](const BenchEntry& entry) { return entry.cells.empty(); })) return kExitNotBuilt;
  const auto passes = [&](const BenchEntry& entry) { return entry.passed == sheet.traces.size(); };
  return std::ranges::all_of(own, passes) ? kExitPassed : kExitRuleBroken;
}

// What counts for nothing has nothing to compare.
std::vector<TraceEntry> traces_for_bench(const Rubric& rubric, const GradeOptions& options) {
  std::vector<TraceEntry> traces = select_traces(rubric, options);
  std::erase_if(traces, [](const TraceEntry& entry) { return entry.counts == Counts::kNone || entry.weight <= 0; });
  return traces;
}

}  // namespace

int run_bench_command(const BenchOptions& options) {
  const Rubric rubric = rubric_for(options.common);
  std::vector<TraceEntry> traces = traces_for_bench(rubric, options.common);
  if (traces.empty() || options.common.submission.size() + options.references.size() == 0) {
    std::fputs("heapjudge: nothing is selected\n", stderr);
    return kExitNothingSelected;
  }
  ProgressBar progress;
  const auto tell = [&](const std::string& name, std::size_t done, std::size_t total) {
    const std::string what = printable(name) + ":";
    progress.show({.what = what, .done = done, .total = total, .of = "traces"});
  };
  const BenchSheet sheet = run_bench(rubric,
                                     {.submissions = options.common.submission,
                                      .references = options.references,
                                      .traces = std::move(traces),
                                      .workers = workers_of(options.common),
                                      .state_dir = kStateDir},
                                     tell);
  give_way_to_interrupt();
  progress.clear();
  const std::string text = render(sheet, options);
  if (options.common.output) {
    write_whole_file(*options.common.output, text);
  } else {
    write_stdout(text);
  }
  return exit_status_of(sheet, options.common.submission.size());
}

}  // namespace heapjudge
