// Writes what came of a grading wherever the options say.
#pragma once

#include "cli/grade_options.h"
#include "reports/outcome.h"

namespace heapjudge {

// In the format of --format to -o or the standard output, and each --also and --html to its file. With `github` the step's
// summary is appended to the file that GITHUB_STEP_SUMMARY names. Throws std::runtime_error for what cannot be written.
void write_outcome(const GradeOptions& options, const Outcome& outcome);

}  // namespace heapjudge
