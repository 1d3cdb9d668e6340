#include "fuzz/observation.h"

#include <algorithm>

#include "fuzz/escape_ending.h"

namespace heapjudge {
namespace {

Fault fault_beneath(const ReplayResult& result, const std::optional<Escape>& escape) {
  if (result.violation) return result.violation->fault;
  return escape ? fault_of(*escape) : Fault::kCrash;
}

Fault fault_of_run(Run run, Fault beneath) {
  if (run == Run::kSecond) return Fault::kInitDoesNotReset;
  return run == Run::kOtherFill ? Fault::kDependsOnOldBytes : beneath;
}

Op op_at(const Trace& trace, std::size_t request) {
  const bool in_trace = request >= 1 && request <= trace.requests().size();
  return in_trace ? trace.requests()[request - 1].op : Op::kInit;
}

}  // namespace

void Observer::limit_heap(std::uint64_t bytes) {
  if (bytes == rules_.heap_limit_bytes) return;
  rules_.heap_limit_bytes = bytes;
  subject_.limit_heap(bytes);
}

ReplayResult Observer::execute(const Trace& trace, Run run) {
  ++executions_;
  subject_.keep_static_data(run == Run::kSecond);
  const HeapFill fill = run == Run::kOtherFill ? HeapFill::kPattern : HeapFill::kZero;
  ReplayResult result = replayer_.replay(trace, rules_, {.run = {.fill = fill}});
  if (result.ended) ++escapes_;
  return result;
}

std::optional<Sighting> Observer::observe(const Trace& trace, Run run) {
  const ReplayResult first = execute(trace, Run::kFirst);
  const bool wanted = run == Run::kFirst;
  if (!first.is_sound()) return wanted ? std::optional(sighting_of(trace, run, first)) : std::nullopt;
  return wanted ? std::nullopt : look_again(trace, run, first);
}

std::optional<Sighting> Observer::observe_quickly(const Trace& trace, Run run) {
  if (run == Run::kOtherFill) {
    if (execute(trace, run).is_sound()) return std::nullopt;
    const auto as_ever = observe(trace, Run::kFirst);
    return as_ever ? as_ever : observe(trace, run);
  }
  const ReplayResult first = execute(trace, Run::kFirst);
  if (!first.is_sound()) return sighting_of(trace, Run::kFirst, first);
  return run == Run::kFirst ? std::nullopt : look_again(trace, run, first);
}

// The first run went well.
std::optional<Sighting> Observer::look_again(const Trace& trace, Run run, const ReplayResult& first) {
  const ReplayResult again = execute(trace, run);
  if (!again.is_sound()) return sighting_of(trace, run, again);
  const auto [here, there] = std::ranges::mismatch(again.offsets, first.offsets);
  if (here == again.offsets.end()) return std::nullopt;
  const auto request = static_cast<std::size_t>(here - again.offsets.begin()) + 1;
  const Fault fault = fault_of_run(run, Fault::kInitDoesNotReset);
  return Sighting{.fault = fault, .beneath = fault, .run = run, .request = request, .op = op_at(trace, request)};
}

Sighting Observer::sighting_of(const Trace& trace, Run run, const ReplayResult& result) const {
  const std::optional<Escape> escape = result.violation ? std::nullopt : subject_.escape();
  const Fault beneath = fault_beneath(result, escape);
  return {.fault = fault_of_run(run, beneath),
          .beneath = beneath,
          .run = run,
          .request = result.request(),
          .op = op_at(trace, result.request()),
          .escape = escape};
}

}  // namespace heapjudge
