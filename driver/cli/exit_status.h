// What the program's exit status tells; README.md lists the same table.
#pragma once

namespace heapjudge {

enum ExitStatus : int {
  kExitPassed = 0,
  kExitRuleBroken = 1,
  kExitUsage = 2,  // usage, rubric or environment
  kExitNotBuilt = 3,
  kExitNothingSelected = 4,
  kExitBelowMinScore = 5,
  kExitOurBug = 70,
  kExitInterrupted = 130
};

}  // namespace heapjudge
