// Compiles a submission for the fuzzer: with callbacks at its loads and stores, and with its calls of libc led
// through the guard.
#pragma once

#include <filesystem>
#include <variant>
#include <vector>

#include "judge/rubric.h"
#include "submission/build.h"

namespace heapjudge {

struct GuardedBuild {
  Built built;
  bool instrumented = false;  // false: clang is missing or refuses it; then there is neither coverage nor guard
};

// `submission` as build_submission() takes it. As the rubric builds it, but for the compiler and what it optimizes.
// BuildFailed when nothing builds it at all, with the lines of the rubric's own compiler. Throws as build() does.
std::variant<GuardedBuild, BuildFailed> build_guarded(const std::vector<std::filesystem::path>& submission,
                                                      const Rubric& rubric, const std::filesystem::path& scratch_dir);

// The library that stands in for memlib in the fuzzer's process, of this very build of Heapjudge. Throws
// std::runtime_error when it is not there.
std::filesystem::path guard_library();

}  // namespace heapjudge
