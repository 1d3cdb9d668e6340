// What else comes of what makes a trace fail.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "fuzz/offered_steps.h"
#include "fuzz/related_kind.h"
#include "trace/trace.h"

namespace heapjudge {

// Theory of operation. A trace that is as small as it gets is a cause and what meets it: without any one of its requests
// it passes. A bug that has done its damage is met by another request, too, and then shows by another rule, or in another
// function. So the trace is changed a little (fuzz/neighbours.h), and where the changed one fails in another way, each
// request that the first one needs is left out of it in turn:
//
//   a 0 1; a 1 1; f 0; a 2 49; a 3 1      E107 in place         each of them is needed
//   a 0 1; a 1 1; f 0; a 2 49; r 1 17     E103 in mm_realloc    with any of the first four left out it passes: same cause
//   a 0 1; a 1 1; f 0; a 2 49; f 2        E301 in insert        fails without "f 0", too: a cause of its own
//
// Of two bugs, the second needs what it needs, and not what the first does.

// How a trace fails; none: it passes.
using KindOf = std::function<std::optional<std::uint64_t>(const Trace&)>;

// The kinds in which traces next to this one fail, rising; its own is not among them. Bounded by the requests in all
// traces that are tried.
std::vector<RelatedKind> kinds_around(const Trace& trace, const OfferedFunctions& offered, const KindOf& kind_of);

}  // namespace heapjudge
