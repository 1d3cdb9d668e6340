// From a grade sheet to an exit status.
#include "cli/exit_status.h"

#include <array>

namespace heapjudge {
namespace {

constexpr std::array kRows{
    ExitRow{kExitPassed, "passed"},
    ExitRow{kExitRuleBroken, "the allocator broke a rule"},
    ExitRow{kExitUsage, "usage, rubric or environment"},
    ExitRow{kExitNotBuilt, "the submission did not build"},
    ExitRow{kExitNothingSelected, "nothing selected"},
    ExitRow{kExitBelowMinScore, "below --min-score"},
    ExitRow{kExitTooNoisy, "measurement too noisy to score"},
    ExitRow{kExitOurBug, "a fault of Heapjudge itself"},
    ExitRow{kExitInterrupted, "interrupted"},
};

}  // namespace

std::span<const ExitRow> exit_rows() {
  return kRows;
}

ExitStatus exit_status_of(const GradeSheet& sheet, const std::optional<double>& min_score_points) {
  if (!sheet.correct) return kExitRuleBroken;
  if (!sheet.score) return kExitTooNoisy;
  return min_score_points && *sheet.score < *min_score_points ? kExitBelowMinScore : kExitPassed;
}

}  // namespace heapjudge
