// Which submission was graded, told by the bytes of its sources.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace heapjudge {

// SHA-256 of the files' bytes one after the other, as 64 hexadecimal digits. Throws std::runtime_error for a
// file that cannot be read.
std::string sha256_of_files(std::span<const std::filesystem::path> files);

using Sha256 = std::array<std::uint8_t, 32>;

// SHA-256 of a text.
Sha256 sha256_of(std::string_view text);

}  // namespace heapjudge
