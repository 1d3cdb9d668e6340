// The fuzz part of a grade: what a hunt came to, and what that costs. Arithmetic alone.
#pragma once

#include <string>
#include <vector>

#include "judge/fuzz_finding.h"
#include "judge/fuzz_rules.h"

namespace heapjudge {

// What came of the hunt that a rubric asks for.
struct FuzzHunt {
  std::string not_run;              // why there was none; empty when there was
  bool guarded = false;             // every load and store was watched
  FuzzCounts counts;
  std::vector<FuzzFinding> findings;  // by tier, then by code, then by function; no two fail alike
};

struct FuzzPart {
  FuzzRules rules;
  FuzzHunt hunt;
  std::vector<double> costs;  // points, for each finding of the hunt
  std::size_t charged = 0;    // findings that count: those that the judge has convicted
  double deducted = 0;        // the sum of the costs
  bool decided = false;       // one of them makes the submission incorrect
};

// A finding costs what the rules say for its tier until rules.at_most is reached, in the order of the hunt. What only
// the guard has seen costs nothing: no replay from outside shows it.
FuzzPart charge(const FuzzRules& rules, FuzzHunt hunt);

}  // namespace heapjudge
