// Files that are written whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

namespace heapjudge {

// Replaces the file in one step, by renaming a finished one; on failure the old one, if any, is as it was.
// What is there and is not a regular file (a device, a pipe) is written to as it is. Throws
// std::runtime_error
// ("file: what").
void write_whole_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace heapjudge
