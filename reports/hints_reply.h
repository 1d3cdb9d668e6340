// Likely causes of a reply that cannot be right: where a block was said to lie, NULL, the use of mem_sbrk.
#pragma once

#include <string>

#include "judge/grade.h"

namespace heapjudge {

// Empty when no rule matches.
std::string hint_for_reply(const Finding& finding, const Violation& violation, const Identity& identity);

// A size of which nothing is left after header and rounding, or in 4 bytes; empty: the size is none of these.
std::string hint_for_huge_size(const Finding& finding, const Identity& identity);

}  // namespace heapjudge
