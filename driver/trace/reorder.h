// The same requests in another order that asks for no more memory.
#pragma once

#include <cstdint>

#include "trace/trace.h"

namespace heapjudge {

// Neighbouring requests for different blocks change places, each moving by a few positions; the requests for one block
// keep their order, and none that frees or resizes moves behind one that asks for memory, so that never more payload is
// live than at some point of the trace. Nothing moves across mm_init or a refused growth. The same seed gives the same order; a
// trace that allows none comes back as it is. line_of() still names the request's line in the file.
Trace reordered(const Trace& trace, std::uint64_t seed);

}  // namespace heapjudge
