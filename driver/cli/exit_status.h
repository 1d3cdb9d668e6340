// What the program's exit status tells; README.md lists the same table.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "judge/grade.h"

namespace heapjudge {

enum ExitStatus : int {
  kExitPassed = 0,
  kExitRuleBroken = 1,
  kExitUsage = 2,  // usage, rubric or environment
  kExitNotBuilt = 3,
  kExitNothingSelected = 4,
  kExitBelowMinScore = 5,
  kExitTooNoisy = 6,
  kExitOurBug = 70,
  kExitInterrupted = 130
};

// What --help and the man page say of each.
struct ExitRow {
  ExitStatus status;
  std::string_view text;
};
std::span<const ExitRow> exit_rows();

// Of a submission that was graded. A broken rule comes before a score that is not known, and that before one
// that is too low.
ExitStatus exit_status_of(const GradeSheet& sheet, const std::optional<double>& min_score_points);

}  // namespace heapjudge
