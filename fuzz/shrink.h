// Shrinks a failing trace to the few requests that it takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "trace/trace.h"

namespace heapjudge {

// Says whether a trace still fails as the first one did. Has to give the same answer for the same requests.
using StillFails = std::function<bool(const Trace&)>;

struct ShrinkSettings {
  std::size_t most_tries = 5000;               // calls of the predicate
  std::size_t most_requests = SIZE_MAX;        // in all traces that it is called with together
};

struct Shrunk {
  Trace trace;            // fails still; its ids are 0, 1, 2 ... in the order in which they appear
  std::size_t tries = 0;  // calls of the predicate
  bool is_minimal =
      false;  // it does not fail without any one of its requests; false when the tries ran out before
};

// `trace` fails. The result has its name, and never more requests than it.
Shrunk shrink(const Trace& trace, const StillFails& still_fails, const ShrinkSettings& settings = {});

}  // namespace heapjudge
