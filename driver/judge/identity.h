// Which submission was graded, told by the bytes of its sources.
#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace heapjudge {

// SHA-256 of the files' bytes one after the other, as 64 hexadecimal digits. Throws std::runtime_error for a
// file that cannot be read.
std::string sha256_of_files(std::span<const std::filesystem::path> files);

}  // namespace heapjudge
