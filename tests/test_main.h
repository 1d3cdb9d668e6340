// What tests share: where the repository and the build are.
#pragma once

#include <filesystem>

namespace heapjudge {

std::filesystem::path source_dir();  // set by ctest; the working directory otherwise
std::filesystem::path binary_dir();  // likewise; build/ below it otherwise

}  // namespace heapjudge
