// One look at a submission behind the guard: a trace is run in one of three ways, and what went wrong is named.
#pragma once

#include <cstdint>
#include <optional>

#include "fuzz/guarded_subject.h"
#include "judge/finding.h"
#include "judge/replay.h"
#include "trace/trace.h"

namespace heapjudge {

// What went wrong, as far as this process can tell; the judge has the last word.
struct Sighting {
  Fault fault = Fault::kCrash;  // kInitDoesNotReset, kDependsOnOldBytes: in a run whose like went well
  Fault beneath = Fault::kCrash;
  Run run = Run::kFirst;        // kFirst, kSecond or kOtherFill
  std::size_t request = 0;      // from 1; 0 is mm_init
  Op op = Op::kInit;            // that it was about
  std::optional<Escape> escape;  // none: the replies or the payloads told it
};

// Invariant: the subject outlives the observer.
class Observer {
 public:
  Observer(GuardedSubject& subject, const ReplayRules& rules) : subject_(subject), rules_(rules), replayer_(subject) {}

  // The heap of the runs that follow.
  void limit_heap(std::uint64_t bytes);

  // Runs the trace once, and what `run` asks for then. Fails in that run, and not before; or not.
  std::optional<Sighting> observe(const Trace& trace, Run run);

  // The like, but a run with other bytes in new heap memory is the only one as long as it goes well.
  std::optional<Sighting> observe_quickly(const Trace& trace, Run run);

  std::uint64_t heap_limit_bytes() const { return rules_.heap_limit_bytes; }
  std::uint64_t executions() const { return executions_; }
  std::uint64_t escapes() const { return escapes_; }  // executions that the submission did not survive

 private:
  ReplayResult execute(const Trace& trace, Run run);
  std::optional<Sighting> look_again(const Trace& trace, Run run, const ReplayResult& first);
  Sighting sighting_of(const Trace& trace, Run run, const ReplayResult& result) const;

  GuardedSubject& subject_;
  ReplayRules rules_;
  Replayer replayer_;
  std::uint64_t executions_ = 0;
  std::uint64_t escapes_ = 0;
};

}  // namespace heapjudge
