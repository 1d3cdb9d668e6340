// What a fuzzing process proposes, made sure of as far as its form goes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fuzz/guard/guard.h"
#include "fuzz/hunt_board.h"
#include "fuzz/related_kind.h"
#include "judge/finding.h"
#include "trace/trace.h"

namespace heapjudge {

// A trace that is said to fail, and what is said of it. Well-formed; the rest is a claim.
struct Proposed {
  Trace trace;
  std::optional<Fault> claim;
  Run run = Run::kFirst;
  std::optional<Escape> escape;
  std::uint64_t found_after = 0;  // executions
  double found_cpu_seconds = 0;   // of the fuzzing process until then, as it says
  double shrink_cpu_seconds = 0;
  std::optional<std::uint64_t> kind;   // as the fuzzing process tells failures apart: of this trace
  std::vector<RelatedKind> related;    // and of traces next to it
};

// `proposal` is a copy that does not change any more, and holds any bytes. None when there is no trace in it.
std::optional<Proposed> read_proposal(const Proposal& proposal);

}  // namespace heapjudge
