// What a submission that was built is identified by.
#pragma once

#include <filesystem>
#include <vector>

#include "judge/grade.h"
#include "judge/rubric.h"
#include "submission/build.h"

namespace heapjudge {

// Of the paths as they were given, and of the sources that were compiled. What was done with it is left to be said:
// isolation, command, options and the like.
Identity identity_of(const Rubric& rubric, const std::vector<std::filesystem::path>& submission, const Built& built);

}  // namespace heapjudge
