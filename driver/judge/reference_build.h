// A reference allocator, built under the rubric of the submission that it stands beside.
#pragma once

#include <filesystem>

#include "judge/reference_name.h"
#include "judge/rubric.h"
#include "subject/child_subject.h"

namespace heapjudge {

// Compiled as the rubric has submissions compiled, for the same ABI and with the same optimization, in a folder of its
// own below `scratch_dir`. Throws std::runtime_error when it does not build.
LaunchSettings build_reference(const Reference& reference, const Rubric& rubric,
                               const std::filesystem::path& scratch_dir);

}  // namespace heapjudge
