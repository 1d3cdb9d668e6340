// How long requests took, as the viewer of the HTML report reads it.
#pragma once

#include <string>

#include "history/latencies.h"
#include "trace/trace.h"

namespace heapjudge {

// In base64. Of a long trace not all requests are kept: of neighbours the slowest, and one more that stands for them. Times
// are kept to a twelfth.
std::string columns_of(const Trace& trace, const Latencies& latencies);

}  // namespace heapjudge
