// From a grade sheet to an exit status.
#include "cli/exit_status.h"

namespace heapjudge {

ExitStatus exit_status_of(const GradeSheet& sheet, const std::optional<double>& min_score_points) {
  if (!sheet.correct) return kExitRuleBroken;
  if (!sheet.score) return kExitTooNoisy;
  return min_score_points && *sheet.score < *min_score_points ? kExitBelowMinScore : kExitPassed;
}

}  // namespace heapjudge
