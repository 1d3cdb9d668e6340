// Traces that differ a little from a small failing one.
#pragma once

#include <vector>

#include "trace/trace.h"

namespace heapjudge {

// A size that is 8 or 16 bytes more or less, or one more block, of a size that the trace asks for, before the last
// request: what these fail of is likely to be what the trace fails of, seen in another way. Measured with two bugs at a
// time (see fuzz/zoo/README.md): other changes, and more of them, join more that does not belong together. The same for
// the same trace; none of one that is long.
std::vector<Trace> neighbours_of(const Trace& trace);

}  // namespace heapjudge
