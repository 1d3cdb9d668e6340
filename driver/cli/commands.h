// The subcommands: each does its work and returns the exit status.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/exit_status.h"
#include "cli/mdriver_options.h"
#include "cli/options.h"
#include "judge/rubric.h"
#include "reports/outcome.h"
#include "submission/build.h"

namespace heapjudge {

// Scratch files and saved failures, in the working directory.
inline constexpr std::string_view kStateDir = ".heapjudge";

// `command` is the line that repeats this run.
int run_grade(const GradeOptions& options, const std::string& command);

// Told what came of a grading, once.
using Reporter = std::function<void(const Outcome&)>;

struct GradeListener {
  Reporter no_result = {};              // where there is no sheet: it does not build, or no trace is selected
  std::function<void()> between = {};   // called after each trace; what it throws ends the grading
};

// One grading; what became of its traces is kept for --lf and --ff. Where there is no sheet, the standard error has
// been told why.
std::variant<GradeSheet, ExitStatus> grade_once(const GradeOptions& options, const std::string& command,
                                                const GradeListener& listener = {});

// Grades again whenever the submission changes, until a signal ends the program.
int run_watch(const GradeOptions& options, const std::string& command);

// What run_grade and the mdriver link have in common: all but the looks of the result, which `report` writes.
int grade_and_report(const GradeOptions& options, const std::string& command, const Reporter& report);

// Prints the compiler's lines; kExitNotBuilt.
int report_build_failure(const BuildFailed& failed);

// As the classic driver: its table, but a correct exit status.
int run_mdriver(const MdriverOptions& options, const std::string& command);

// The words of the options that another command needs to judge alike.
std::vector<std::string> options_that_judge(const GradeOptions& options);

// The rubric of --rubric, changed as the other options say.
Rubric rubric_for(const GradeOptions& options);

// So many traces at a time as -j says.
unsigned workers_of(const GradeOptions& options);

// kExitRuleBroken when a submission (not a reference) fails somewhere, kExitNotBuilt when one does not build.
int run_bench_command(const BenchOptions& options);

// Builds, and becomes gdb, which stops at a request; kExitPassed when there is no failure to stop at.
int run_debug(const DebugOptions& options);

// kExitRuleBroken when something was found; kExitInterrupted when nothing was, by then.
int run_fuzz(const FuzzOptions& options, const std::string& command);

// kExitInterrupted when it was, whatever was found by then: it is to be gone on with. Else kExitRuleBroken when something
// was found in any submission, kExitNotBuilt when nothing was and one does not build.
int run_campaign_command(const CampaignOptions& options);

int run_explain(const ExplainOptions& options);

// kExitUsage when nothing can be graded on this machine.
int run_doctor(const DoctorOptions& options);

// Pictures of the heap over one trace. kExitRuleBroken when the submission (not the one it is held against) fails there.
int run_heap(const HeapOptions& options, const std::string& command);

// Runs the program with the recorder inside; what was left out or changed is told on the standard error.
int run_trace_record(const TraceRecordOptions& options);
// What makes traces, looks at them, and writes them anew. 1 when two traces differ.
int run_trace(const TraceOptions& options);
int run_trace_gen(const TraceGenOptions& options);

// kExitRuleBroken when the trace fails, and was shrunk; kExitPassed when it passes. `command` repeats this run.
int run_trace_shrink(const TraceShrinkOptions& options, const std::string& command);

}  // namespace heapjudge
