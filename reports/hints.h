// Likely causes of a finding, by rule.
#pragma once

#include <string>

#include "judge/grade.h"

namespace heapjudge {

// What is likely wrong, in one or two sentences; empty when no rule matches. The first rule that matches
// wins, from the most specific on.
std::string hint_for(const Finding& finding, const Identity& identity);

}  // namespace heapjudge
