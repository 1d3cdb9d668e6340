// What is allowed in a trace, and yet probably not meant.
#pragma once

#include <string>
#include <vector>

#include "trace/trace.h"

namespace heapjudge {

// One line for each remark, without a place or with the line it is about: "line 9: ...".
// `largest_grantable_bytes` is what a heap can hold.
std::vector<std::string> remarks_on(const Trace& trace, std::uint64_t largest_grantable_bytes = UINT64_MAX);

}  // namespace heapjudge
