// Whether a submission defines what a trace calls.
#pragma once

#include <string>

#include "submission/inspect.h"
#include "trace/trace.h"

namespace heapjudge {

// The function that the trace needs and the submission lacks, "mm_calloc"; empty when it can run.
std::string missing_function(const Trace& trace, const Inspection& inspection, const std::string& prefix);

}  // namespace heapjudge
