// What a trace asks for, before anybody answers it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "trace/trace.h"

namespace heapjudge {

// The largest sum of live payload bytes.
struct PayloadPeak {
  std::uint64_t bytes = 0;  // UINT64_MAX when it does not fit
  std::size_t request = 0;  // the first request after which it is reached, from 1; 0 when nothing is ever live

  friend bool operator==(const PayloadPeak&, const PayloadPeak&) = default;
};

// A request for more than `largest_grantable_bytes` is taken to be refused: it changes nothing.
PayloadPeak payload_peak(const Trace& trace, std::uint64_t largest_grantable_bytes = UINT64_MAX);

// True when the trace has a request of this kind.
bool uses(const Trace& trace, Op op);

}  // namespace heapjudge
