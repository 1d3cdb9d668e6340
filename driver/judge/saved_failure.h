// The shortest prefix of a trace that still fails, kept as a trace file.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "judge/finding.h"
#include "trace/trace.h"

namespace heapjudge {

using Examiner = std::function<Examination(const Trace&)>;

// The requests up to the one that was convicted, when `examine` convicts them of the same fault; else the
// whole trace.
Trace failing_prefix(const Trace& trace, const Finding& finding, const Examiner& examine);

// `trace_name` and code as the name of a file, without anything that could lead out of its folder.
std::string failure_file_name(const std::string& trace_name, Fault fault);

std::filesystem::path failures_folder(const std::filesystem::path& state_dir);

// What the names of all failing traces begin with that fuzzing has found of this submission: "fuzz-mm-"; or, where they
// were found for a grade, "graded-mm-".
std::string fuzz_failure_name(const std::vector<std::filesystem::path>& submission, bool for_a_grade = false);

// Below failures_folder(): the traces of what was taken for the same bug as one that is there, and may be another one.
std::filesystem::path symptoms_folder(const std::filesystem::path& state_dir);

// Those that are saved in one of these folders and were not found for a grade, by name.
std::vector<std::filesystem::path> saved_fuzz_failures(const std::filesystem::path& folder,
                                                       const std::vector<std::filesystem::path>& submission);

}  // namespace heapjudge
