// The two builds that fuzzing a submission takes: one behind the guard, and one as the rubric has it, for the judge.
#pragma once

#include <filesystem>
#include <variant>
#include <vector>

#include "fuzz/guarded_build.h"

namespace heapjudge {

struct FuzzBuild {
  GuardedBuild guarded;
  Built judged;
};

// `submission` as SessionSettings has it. The libraries lie in `scratch_dir`, which exists and has to stay as long as
// they are used. BuildFailed when the submission does not build. Throws as build_guarded() does,
// and refuses rubrics of 32-bit submissions by an InputError.
std::variant<FuzzBuild, BuildFailed> build_for_fuzzing(const std::vector<std::filesystem::path>& submission,
                                                       const Rubric& rubric, const std::filesystem::path& scratch_dir,
                                                       GuardWish guard = GuardWish::kWherePossible);

}  // namespace heapjudge
