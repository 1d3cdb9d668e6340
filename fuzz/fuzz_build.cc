#include "fuzz/fuzz_build.h"

#include <future>
#include <utility>

#include "judge/session.h"
#include "judge/session_subject.h"
#include "trace/input_error.h"

namespace heapjudge {

namespace fs = std::filesystem;

std::variant<FuzzBuild, BuildFailed> build_for_fuzzing(const std::vector<fs::path>& submission, const Rubric& rubric,
                                                       const fs::path& scratch_dir, GuardWish guard) {
  if (rubric.build.abi == Abi::kIlp32) throw InputError("fuzzing needs a 64-bit build: --abi lp64");
  const fs::path guarded_dir = scratch_dir / "guarded";
  const fs::path judged_dir = scratch_dir / "judged";
  fs::create_directories(guarded_dir);
  fs::create_directories(judged_dir);
  auto guarded = std::async(std::launch::async, [&] { return build_guarded(submission, rubric, guarded_dir, guard); });
  auto judged = build_submission(submission, rubric.build, build_places(rubric, judged_dir));
  auto for_fuzzing = guarded.get();
  if (auto* failed = std::get_if<BuildFailed>(&judged)) return std::move(*failed);
  if (auto* failed = std::get_if<BuildFailed>(&for_fuzzing)) return std::move(*failed);
  return FuzzBuild{std::move(std::get<GuardedBuild>(for_fuzzing)), std::move(std::get<Built>(judged))};
}

}  // namespace heapjudge
