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

// Likewise from the place of a store that did damage, by somebody who has seen it in a library of its own.
struct StoreWitness {
  const std::filesystem::path& library;
  std::span<const std::filesystem::path> sources;
};
void add_store_lines(Finding& finding, const Backtrace& store, const StoreWitness& witness);

}  // namespace heapjudge
