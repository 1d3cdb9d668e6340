// The traces that every submission meets unless its course says otherwise; traces/README.md says what each is
// for.
#pragma once

#include <vector>

#include "trace/trace.h"

namespace heapjudge {

// All of them, each under the name of its file in traces/.
std::vector<Trace> default_traces();

// Sane requests (tier P0).
std::vector<Trace> sane_traces();

// The contract beyond sane requests (tiers P1 to P3).
std::vector<Trace> contract_traces();

}  // namespace heapjudge
