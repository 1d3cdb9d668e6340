// Requests as calls of C, and as lines of a trace.
#pragma once

#include <string>

#include "judge/finding.h"
#include "trace/request.h"

namespace heapjudge {

// "mm_malloc(100)", "mm_realloc(block 3, 200)"; `null_block`: the block stands for NULL.
std::string call_of(const Request& request, bool null_block);

// The call that a finding is about; "mm_init" for request 0, and for the end of a trace.
std::string call_of(const Finding& finding);

std::string trace_line_of(const Request& request);  // "a 3 100"

bool is_after_the_last(const Finding& finding);  // seen when the whole trace had been replayed

// The finding's violation or ending; nullptr when it is the other.
const Violation* violation_of(const Finding& finding);
const Ending* ending_of(const Finding& finding);

}  // namespace heapjudge
