// The command line as plain data: what was asked for, by command.
#pragma once

#include <span>
#include <string>
#include <variant>

#include "cli/bench_options.h"
#include "cli/campaign_options.h"
#include "cli/debug_options.h"
#include "cli/doctor_options.h"
#include "cli/explain_options.h"
#include "cli/fuzz_options.h"
#include "cli/grade_options.h"
#include "cli/heap_options.h"
#include "cli/trace_options.h"
#include "cli/trace_record_options.h"
#include "cli/trace_shrink_options.h"

namespace heapjudge {

// --help and --version: what to print before ending with status 0.
struct PrintText {
  std::string text;
};

using Options = std::variant<  //
    GradeOptions,              //
    FuzzOptions,               //
    CampaignOptions,           //
    BenchOptions,              //
    DebugOptions,              //
    ExplainOptions,            //
    DoctorOptions,             //
    HeapOptions,               //
    TraceOptions,              //
    TraceRecordOptions,        //
    TraceShrinkOptions,        //
    PrintText>;

// `arguments` without the program's name. Throws InputError with one line for what cannot be understood.
Options parse_options(std::span<const std::string> arguments);

}  // namespace heapjudge
