// The fuzz part of a grading.
#pragma once

#include <functional>

#include "cli/grade_options.h"
#include "cli/progress.h"
#include "judge/grade.h"

namespace heapjudge {

// Where the rubric asks for it, hunts and charges what was found; or says in the sheet why that is left out.
// `between` is called a few times a second; what it throws ends the hunt. Throws as hunt_for_grade() does.
void run_fuzz_part(const Rubric& rubric, const GradeOptions& options, const std::function<void()>& between,
                   ProgressBar& progress, GradeSheet& sheet);

}  // namespace heapjudge
