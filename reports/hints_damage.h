// Likely causes of damaged bytes, by where they are and what they hold now.
#pragma once

#include <string>

#include "judge/finding.h"

namespace heapjudge {

// Each returns an empty text when no rule matches.
std::string hint_for_changed_bytes(const Finding& finding, const Violation& violation);
std::string hint_for_lost_bytes(const Finding& finding, const Violation& violation);
std::string hint_for_calloc(const Finding& finding, const Violation& violation);
std::string hint_for_write_past_end(const Finding& finding, const Violation& violation);

// The damage lies nearer to the upper end of the heap's addresses, where ranges are mapped, than to the heap's end.
bool is_far_past_the_end(const Finding& finding, const Violation& violation);

}  // namespace heapjudge
