// The requests of a trace as text without a header, whose counts follow from them.
#pragma once

#include <string>
#include <string_view>

#include "trace/trace.h"

namespace heapjudge {

std::string requests_text(const Trace& trace);

// Throws InputError as parse_trace() does.
Trace trace_of_requests(const std::string& name, std::string_view requests);

}  // namespace heapjudge
