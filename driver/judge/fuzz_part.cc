#include "judge/fuzz_part.h"

#include <algorithm>
#include <utility>

namespace heapjudge {

FuzzPart charge(const FuzzRules& rules, FuzzHunt hunt) {
  FuzzPart part{.rules = rules, .hunt = std::move(hunt)};
  for (const FuzzFinding& finding : part.hunt.findings) {
    const bool counts = finding.proof == Proof::kJudged;
    const Tier tier = finding.result.tier;
    const double cost = counts ? std::min(rules.deduct_of(tier), rules.at_most - part.deducted) : 0;
    part.costs.push_back(cost);
    part.deducted += cost;
    part.charged += counts ? 1 : 0;
    part.decided = part.decided || (counts && rules.decides && tier == Tier::kP0);
  }
  return part;
}

}  // namespace heapjudge
