// Compiles a submission for the fuzzer: with callbacks at its loads and stores, and with its calls of libc led
// through the guard.
#pragma once

#include <cstdint>
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

enum class GuardWish : std::uint8_t {
  kWherePossible,  // without it where clang is missing, or does not build this submission
  kRequired,       // a missing clang is the machine's fault
  kNone
};

// `submission` as build_submission() takes it. As the rubric builds it, but for the compiler and what it optimizes.
// BuildFailed when nothing builds it at all, with the lines of the rubric's own compiler. Throws as build() does, and
// InputError when clang is required and missing; a submission that it does not build goes without it all the same.
std::variant<GuardedBuild, BuildFailed> build_guarded(const std::vector<std::filesystem::path>& submission,
                                                      const Rubric& rubric, const std::filesystem::path& scratch_dir,
                                                      GuardWish guard = GuardWish::kWherePossible);

// The library that stands in for memlib in the fuzzer's process, of this very build of Heapjudge. Throws
// std::runtime_error when it is not there.
std::filesystem::path guard_library();

}  // namespace heapjudge
