// Paths as a person in the working directory would write them.
#pragma once

#include <filesystem>

namespace heapjudge {

// Relative where the file lies below the working directory; else as it is.
std::filesystem::path short_path(const std::filesystem::path& file);

}  // namespace heapjudge
