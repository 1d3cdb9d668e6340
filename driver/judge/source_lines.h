// From the program counters of a dead process to lines of the submission's source.
#pragma once

#include <filesystem>
#include <span>

#include "judge/finding.h"

namespace heapjudge {

// Fills in the finding's stacks from the backtraces of its Ending or from the store that was found, and the excerpt around the innermost
// frame. A file is opened only when it is one of `sources`: a submission can claim any file name for its
// lines.
void add_source_lines(Finding& finding, const std::filesystem::path& library,
                      std::span<const std::filesystem::path> sources);

}  // namespace heapjudge
