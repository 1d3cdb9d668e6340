// The subcommands: each does its work and returns the exit status.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include "cli/exit_status.h"
#include "cli/mdriver_options.h"
#include "cli/options.h"
#include "judge/grade.h"
#include "judge/rubric.h"

namespace heapjudge {

// Scratch files and saved failures, in the working directory.
inline constexpr std::string_view kStateDir = ".heapjudge";

// `command` is the line that repeats this run.
int run_grade(const GradeOptions& options, const std::string& command);

// One grading; what became of its traces is kept for --lf and --ff. Where there is no sheet, the standard error has
// been told why. `between` is called after each trace; what it throws ends the grading.
std::variant<GradeSheet, ExitStatus> grade_once(const GradeOptions& options, const std::string& command,
                                                const std::function<void()>& between = {});

// Grades again whenever the submission changes, until a signal ends the program.
int run_watch(const GradeOptions& options, const std::string& command);

// What run_grade and the mdriver link have in common: all but the looks of the result.
using Renderer = std::function<std::string(const GradeSheet&)>;
int grade_and_report(const GradeOptions& options, const std::string& command, const Renderer& render);

// As the classic driver: its table, but a correct exit status.
int run_mdriver(const MdriverOptions& options, const std::string& command);

// The rubric of --rubric, changed as the other options say.
Rubric rubric_for(const GradeOptions& options);

// So many traces at a time as -j says.
unsigned workers_of(const GradeOptions& options);

// kExitRuleBroken when a submission (not a reference) fails somewhere, kExitNotBuilt when one does not build.
int run_bench_command(const BenchOptions& options);

int run_explain(const ExplainOptions& options);

// kExitUsage when nothing can be graded on this machine.
int run_doctor(const DoctorOptions& options);

// Pictures of the heap over one trace. kExitRuleBroken when the submission (not the one it is held against) fails there.
int run_heap(const HeapOptions& options);

// Runs the program with the recorder inside; what was left out or changed is told on the standard error.
int run_trace_record(const TraceRecordOptions& options);
// What makes traces, looks at them, and writes them anew. 1 when two traces differ.
int run_trace(const TraceOptions& options);
int run_trace_gen(const TraceGenOptions& options);

}  // namespace heapjudge
