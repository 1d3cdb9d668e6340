// What tests share: where the repository and the build are.
#pragma once

#include <filesystem>

namespace heapjudge {

std::filesystem::path source_dir();  // set by ctest; the working directory otherwise
std::filesystem::path binary_dir();  // likewise; build/ below it otherwise

// Whether the kernel here runs 32-bit programs. The hosts of submissions must have been built.
bool runs_32_bits();

// `./heapjudge selftest` says so, too, for the whole run.
#define SKIP_WHERE_32_BITS_DO_NOT_RUN(is_of_32_bits) \
  if ((is_of_32_bits) && !heapjudge::runs_32_bits()) GTEST_SKIP() << "the kernel here runs no 32-bit programs"

}  // namespace heapjudge
