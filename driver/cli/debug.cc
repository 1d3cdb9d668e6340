// heapjudge debug: from options to gdb, which takes this process's place.
#include <sys/personality.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/screen.h"
#include "cli/shell_words.h"
#include "cli/signals.h"
#include "cli/trace_selection.h"
#include "judge/debug_run.h"
#include "judge/session.h"
#include "reports/report.h"
#include "submission/run_tool.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

// What the judge says of the trace; nothing when it passes.
std::variant<std::optional<Finding>, BuildFailed> first_failure(const Rubric& rubric, const DebugOptions& options) {
  auto outcome = run_session(rubric, {.submission = options.common.submission,
                                      .traces = select_traces(rubric, options.common),
                                      .refuse_growth = options.common.refuse_growth,
                                      .own_checks = options.common.refuse_growth,
                                      .measure = false,
                                      .state_dir = kStateDir});
  give_way_to_interrupt();
  if (auto* failed = std::get_if<BuildFailed>(&outcome)) return std::move(*failed);
  const TraceRow& row = std::get<GradeSheet>(outcome).traces.at(0);
  if (!row.result.examination) throw std::runtime_error("the trace cannot be run: " + row.result.not_run);
  const std::optional<Finding>& finding = row.result.examination->finding;
  if (finding) std::fprintf(stderr, "%s", line_of_failure(row.result, {.unicode = false}).c_str());
  return finding;
}

void say_what_differs(const DebugOptions& options) {
  std::fputs("heapjudge: in gdb your program runs without its sandbox\n", stderr);
  if (options.unoptimized) {
    std::fputs("heapjudge: built with -O0 instead of what the rubric says: another request may fail, or none\n", stderr);
  }
}

std::vector<std::string> words_for_gdb(const DebugRun& run, const DebugOptions& options) {
  std::vector<std::string> words = run.command;
  const auto own = std::find(words.begin(), words.end(), "--args");
  words.insert(own, options.gdb_words.begin(), options.gdb_words.end());
  return words;
}

[[noreturn]] void become(const std::vector<std::string>& command) {
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  personality(ADDR_NO_RANDOMIZE);  // where gdb may not say so itself
  execvp(words[0], words.data());
  throw std::runtime_error(command[0] + " cannot be started: " + std::strerror(errno));
}

int debug_at(const Rubric& rubric, const DebugOptions& options, DebugStop stop) {
  const Trace trace = load_trace(select_traces(rubric, options.common).at(0).file);
  if (options.first_failure) stop.request = std::min<std::uint64_t>(stop.request, trace.requests().size());
  if (options.watch) stop.watch = options.watch;
  const DebugTerms terms{.rubric = rubric,
                         .submission = options.common.submission,
                         .folder = std::filesystem::path(kStateDir) / "debug",
                         .unoptimized = options.unoptimized};
  auto prepared = prepare_debugging(terms, trace, stop);
  if (const auto* failed = std::get_if<BuildFailed>(&prepared)) return report_build_failure(*failed);
  const DebugRun& run = std::get<DebugRun>(prepared);
  const std::vector<std::string> command = words_for_gdb(run, options);
  if (options.print_only) {
    write_stdout(shell_line(command) + "\n\n" + run.script.string() + ":\n" + run.script_text);
    return kExitPassed;
  }
  say_what_differs(options);
  become(command);
}

}  // namespace

int run_debug(const DebugOptions& options) {
  if (!options.print_only && !find_tool("gdb")) {
    throw std::runtime_error("gdb is not installed: apt-get install gdb");
  }
  const Rubric rubric = rubric_for(options.common);
  if (!options.first_failure) return debug_at(rubric, options, {.request = options.request.value_or(1)});
  auto outcome = first_failure(rubric, options);
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) return report_build_failure(*failed);
  const auto& finding = std::get<std::optional<Finding>>(outcome);
  if (finding) return debug_at(rubric, options, stop_for(*finding));
  std::fputs("heapjudge: the trace passes: there is no failure to stop at\n", stderr);
  return kExitPassed;
}

}  // namespace heapjudge
