// Everything that gdb needs to stop a submission at a request of a trace: built, planned, written down.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "judge/finding.h"
#include "judge/rubric.h"
#include "submission/build.h"
#include "trace/trace.h"
#include "wire/heap_range.h"

namespace heapjudge {

// Where to stop: on entry to a request (0: mm_init) of one of the judge's runs.
struct DebugStop {
  std::uint64_t request = 1;
  Run run = Run::kFirst;
  std::uint64_t refused_growth = 0;        // of kRefused
  std::optional<HeapRange> watch = {};     // stores of the submission to these bytes are stopped at from there on
};

// Before the request that the finding is about; watches the first damaged word, when bytes were damaged.
DebugStop stop_for(const Finding& finding);

struct DebugTerms {
  const Rubric& rubric;
  std::vector<std::filesystem::path> submission;
  std::filesystem::path folder;  // where library, plan and script are kept; made when it is not there
  bool unoptimized = false;      // built with -O0 -g in place of the rubric's flags
};

struct DebugRun {
  std::vector<std::string> command;  // gdb and its words
  std::filesystem::path script;      // the file that it is given
  std::string script_text;
};

// Throws InputError when the trace has no such request, std::runtime_error when something cannot be written.
std::variant<DebugRun, BuildFailed> prepare_debugging(const DebugTerms& terms, const Trace& trace, const DebugStop& stop);

}  // namespace heapjudge
