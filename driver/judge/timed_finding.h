// What a measurement found out, as a conviction.
#pragma once

#include "judge/finding.h"
#include "judge/measure.h"
#include "judge/replay.h"
#include "trace/trace.h"

namespace heapjudge {

// `order` is the one of the fault; requests of the finding are those of `trace`, whose order it may not be.
Finding timed_finding(const TimedFault& fault, const Trace& trace, const Trace& order, const ReplayRules& rules,
                      std::uint64_t heap_base);

}  // namespace heapjudge
