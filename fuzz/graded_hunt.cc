#include "fuzz/graded_hunt.h"

#include <stdexcept>
#include <utility>
#include <variant>

#include "check.h"

namespace heapjudge {
namespace {

FuzzSettings settings_for(const FuzzRules& rules, const GradedHuntSettings& settings) {
  return {.submission = settings.submission,
          .seed = rules.seed,
          .engine = EngineKind::kGenerator,
          .inputs = rules.inputs * kAllTiers.size(),
          .state_dir = settings.state_dir,
          .purpose = HuntPurpose::kGrade,
          .guard = rules.guard ? GuardWish::kRequired : GuardWish::kNone,
          .require_isolation = settings.require_isolation};
}

}  // namespace

FuzzHunt hunt_for_grade(const Rubric& rubric, const GradedHuntSettings& settings, const FuzzListener& listener) {
  ensure(rubric.fuzz.has_value(), "the rubric has no fuzz part");
  auto outcome = fuzz_submission(rubric, settings_for(*rubric.fuzz, settings), listener);
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) {
    throw std::runtime_error("the submission builds, but not to be fuzzed: " + failed->command + "\n" + failed->diagnostics);
  }
  FuzzSheet& sheet = std::get<FuzzSheet>(outcome);
  // One that dies while it is loaded is convicted of that.
  if (sheet.counts.executions == 0 && sheet.findings.empty() && !sheet.interrupted) {
    throw std::runtime_error("the fuzz part of the grade cannot run: no input was tried");
  }
  return {.guarded = sheet.guarded, .counts = sheet.counts, .findings = std::move(sheet.findings)};
}

}  // namespace heapjudge
