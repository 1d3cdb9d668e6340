// Limits that the grader inherits (ulimit) and that would be taken for the submission's fault.
#pragma once

#include "judge/rubric.h"

namespace heapjudge {

// Throws std::runtime_error, with the limit's name and its least value, when one is tighter than what the
// rubric grants a submission and the tools that build it: it would crash, or not build, for no reason of its
// own. `workers` is how many traces are run at once.
void check_caller_limits(const Rubric& rubric, unsigned workers);

}  // namespace heapjudge
