// Which rubric --rubric means.
#pragma once

#include <filesystem>
#include <optional>

namespace heapjudge {

// `wish` when there is such a file; else the rubric of this name in `tree`/traces/rubrics, without its
// `.yaml`; the default of `tree` when nothing is wished for. Throws InputError that lists the names when
// there is neither.
std::filesystem::path rubric_file(const std::optional<std::filesystem::path>& wish,
                                  const std::filesystem::path& tree);

}  // namespace heapjudge
