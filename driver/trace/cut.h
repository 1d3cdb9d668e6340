// A part of a trace as a trace of its own.
#pragma once

#include <cstddef>
#include <cstdint>

#include "trace/trace.h"

namespace heapjudge {

enum class BlocksBefore : std::uint8_t {
  kAllocate,  // blocks that are live where the window begins are allocated first, in the order of their
              // birth, with the sizes that they have there
  kDrop  // requests about them are left out
};

// Requests `first` to `last` of the trace, counted from 1, both included; a last beyond the end means the
// end. What is live then is freed, the oldest first, so that the part is balanced. Ids are given out anew, in
// the order of their first use. Throws InputError ("name: what") when the window is empty or begins behind
// the end.
Trace cut(const Trace& trace, std::size_t first, std::size_t last,
          BlocksBefore before = BlocksBefore::kAllocate);

}  // namespace heapjudge
