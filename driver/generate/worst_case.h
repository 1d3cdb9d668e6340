// The bad programs of the literature, played against a model of an allocator.
#pragma once

#include "generate/model_heap.h"
#include "generate/spec.h"
#include "generate/trace_writer.h"

namespace heapjudge {

struct WorstCaseResult {
  std::uint64_t heap_units = 0;       // what the model needed
  std::uint64_t most_live_units = 0;  // at any time
};

// Writes the requests of the program for worst.victim. Whatever it allocated and did not free is live
// afterwards.
WorstCaseResult write_worst_case(const WorstCase& worst, TraceWriter& trace);

}  // namespace heapjudge
