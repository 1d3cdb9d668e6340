// Traces that differ a little from a small failing one: less of what leads up to the failure, or another end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "fuzz/lifetimes.h"
#include "fuzz/offered_steps.h"

namespace heapjudge {

enum class Change : std::uint8_t {
  kFewer,          // a request is left out
  kOtherFunction,  // the same is asked for by another function
  kOtherSize,      // some bytes more or less
  kFreed,          // the last request is another one: a block is freed
  kFreedAndAsked,  // and asked for again
  kResized,
  kAllFreed,
  kAsked,          // a block of a size that is there, or near to one
  kAskedTwice,
};

struct Neighbour {
  Change change;
  Lifetimes requests;                  // not yet repaired
  std::optional<std::size_t> without;  // the one request of the trace that is not in it; none: each is, if changed

  // Where the trace's request with this index is in here.
  std::optional<std::size_t> place_of(std::size_t index) const {
    if (without == index) return std::nullopt;
    return without && index > *without ? index - 1 : index;
  }
};

// Of a trace of more requests only the end is another one.
inline constexpr std::size_t kMostLookedAround = 64;

// Every sort of change. The same for the same trace.
std::vector<Neighbour> neighbours_of(const Lifetimes& requests, const OfferedFunctions& offered);

}  // namespace heapjudge
