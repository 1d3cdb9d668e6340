// Fuzzing one submission from start to end: build, hunt in processes of their own, judge what they propose.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "fuzz/engine.h"
#include "fuzz/fuzz_build.h"
#include "fuzz/input.h"
#include "judge/fuzz_sheet.h"
#include "judge/rubric.h"
#include "submission/build.h"

namespace heapjudge {

inline constexpr std::uint64_t kLargestFuzzedHeap = kLargestHeapBytes;  // that an input asks for

enum class HuntPurpose : std::uint8_t {
  kFindings,  // what failed once is tried first; inputs that reached something new are kept for the next time
  kGrade      // nothing that was found before counts, and what is found is saved under other names
};

struct FuzzSettings {
  std::vector<std::filesystem::path> submission;  // as SessionSettings has it
  std::uint64_t seed = 1;
  EngineKind engine = EngineKind::kHabits;
  std::optional<double> seconds;       // of hunting; what is found then is still judged
  std::optional<double> cpu_seconds;   // likewise, but of the workers' CPU time together
  std::uint64_t inputs = 0;            // over all workers; 0: until the time is over
  std::size_t stop_after = 0;          // findings; 0: never
  Tier lowest_tier = Tier::kP0;
  Tier highest_tier = Tier::kP3;
  unsigned workers = 1;
  std::optional<std::filesystem::path> corpus;  // none: below state_dir, by the submission's path
  std::filesystem::path state_dir = ".heapjudge";
  bool keep_failures = true;           // write them to state_dir/failures, and try those that are there first
  HuntPurpose purpose = HuntPurpose::kFindings;
  GuardWish guard = GuardWish::kWherePossible;
  std::uint64_t plain_inputs = 512;    // where nothing was found behind the guard: so many more as the rubric compiles it
  std::optional<WasteRules> waste;     // to be looked for after the hunt; none: not at all
  bool in_families = true;             // false: every rule in every function is a finding, to be measured against
  bool sanitize = false;               // let the sanitizers say what they see in each finding
  bool require_isolation = false;
  std::string command;
  std::vector<std::string> options;    // see Identity
};

struct FuzzProgress {
  double seconds = 0;
  FuzzCounts counts;
  std::size_t findings = 0;
};

// Told a few times a second, from the caller's thread; false ends the hunt.
using FuzzListener = std::function<bool(const FuzzProgress&)>;

// With `inputs` and one worker, the same findings for the same seed and an empty corpus. BuildFailed when the
// submission does not build. Throws InputError (operator) or std::runtime_error (machine), and refuses rubrics of
// 32-bit submissions by an InputError.
std::variant<FuzzSheet, BuildFailed> fuzz_submission(const Rubric& rubric, const FuzzSettings& settings,
                                                     const FuzzListener& listener = {});

// The same with what build_for_fuzzing() has made of `settings.submission` under this rubric, so that one build serves
// several hunts.
FuzzSheet fuzz_built(const Rubric& rubric, const FuzzSettings& settings, const FuzzBuild& build,
                     const FuzzListener& listener = {});

}  // namespace heapjudge
