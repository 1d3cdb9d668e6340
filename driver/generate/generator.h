// Traces from specs.
#pragma once

#include <cstdint>
#include <string_view>

#include "generate/spec.h"
#include "trace/trace.h"

namespace heapjudge {

// The same trace for the same spec on every machine. Throws InputError when it would have more requests than
// a trace may have.
Trace generate(const Spec& spec);

// The seed of the spec called `name` in the hidden set of a course: another for each name.
std::uint64_t hidden_seed(std::uint64_t course_seed, std::string_view name);

}  // namespace heapjudge
