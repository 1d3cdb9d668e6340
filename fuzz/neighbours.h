// Traces that differ a little from a small failing one: less of what leads up to the failure, or another end.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "fuzz/lifetimes.h"
#include "fuzz/offered_steps.h"

namespace heapjudge {

struct Neighbour {
  Lifetimes requests;                  // not yet repaired
  std::optional<std::size_t> without;  // the one request of the trace that is not in it; none: each is, if changed

  // Where the trace's request with this index is in here.
  std::optional<std::size_t> place_of(std::size_t index) const {
    if (without == index) return std::nullopt;
    return without && index > *without ? index - 1 : index;
  }
};

// Without one request; with the same asked for by another function; with another end in the place of the last request: a
// block freed, and asked for again, or resized, or all freed. Of a trace of more than 64 requests only the end is another
// one. The same for the same trace.
std::vector<Neighbour> neighbours_of(const Lifetimes& requests, const OfferedFunctions& offered);

}  // namespace heapjudge
