#include "judge/timed_finding.h"

#include <algorithm>

namespace heapjudge {

namespace {

// The number of the request in the trace: lines of a file only grow.
std::size_t number_in(const Trace& trace, std::size_t line) {
  std::size_t first = 0;
  std::size_t last = trace.requests().size();
  while (first < last) {
    const std::size_t middle = (first + last) / 2;
    if (trace.line_of(middle) < line) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first + 1;
}

Violation difference(const TimedFault& fault, const Finding& finding) {
  Violation violation;
  violation.fault = finding.fault;
  violation.request = finding.request;
  violation.block = finding.asked.block;
  violation.offset = fault.answered;
  violation.size = payload_bytes(finding.asked);
  return violation;
}

}  // namespace

Finding timed_finding(const TimedFault& fault, const Trace& trace, const Trace& order, const ReplayRules& rules,
                      std::uint64_t heap_base) {
  Finding finding;
  finding.run = Run::kTimed;
  finding.heap_base = heap_base;
  finding.heap_limit_bytes = rules.heap_limit_bytes;
  finding.request = trace.requests().size();
  if (fault.request > 0) finding.request = number_in(trace, order.line_of(fault.request - 1));
  finding.asked = trace.requests()[finding.request - 1];
  if (fault.ending) {
    finding.fault = finding.beneath = fault_of(fault.ending->kind);
    finding.evidence = *fault.ending;
    return finding;
  }
  finding.fault = finding.beneath = Fault::kDiffersWhenTimed;
  finding.only_differs = fault.request > 0;
  finding.first_run_offset = fault.checked;
  finding.evidence = difference(fault, finding);
  return finding;
}

}  // namespace heapjudge
