// An example, the usual causes and a way to look closer, for every rule.
#pragma once

#include <array>
#include <string_view>

#include "oracle/fault.h"

namespace heapjudge {

// Lines of a trace: `a 0 24` is block 0 = mm_malloc(24), `f 0` frees it, `r 0 40` resizes it, `c 0 4 8` is
// mm_calloc(4, 8).
struct Explanation {
  std::string_view example;
  std::array<std::string_view, 3> causes;  // those that are not empty
  std::string_view then;                   // where to look
};

Explanation explanation_of(Fault fault);

}  // namespace heapjudge
