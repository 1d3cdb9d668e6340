// A trace in which every block has an id of its own, so that requests can be left out one by one.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "trace/trace.h"

namespace heapjudge {

// A request and its part in the life of its block.
struct LifeRequest {
  Request request;        // its block is one that no other lifetime has; kNoBlock where the request has none
  bool is_birth = false;  // makes the block: the first request of a lifetime

  friend bool operator==(const LifeRequest&, const LifeRequest&) = default;
};
using Lifetimes = std::vector<LifeRequest>;

Lifetimes lifetimes_of(const Trace& trace);

// The first id after all that these requests have.
BlockId unused_id(std::span<const LifeRequest> requests);

// Of those of a trace any may be left out, or be changed: what cannot stand without them goes too. Without
// the birth of a block a realloc of it becomes its birth, as a malloc; a free, or a realloc to nothing, is
// left out.
Lifetimes repaired(std::span<const LifeRequest> requests);

// With ids 0, 1, 2 ... in the order in which they appear; `requests` are repaired.
Trace trace_of(std::span<const LifeRequest> requests, const std::string& name, const TraceHeader& header);

}  // namespace heapjudge
