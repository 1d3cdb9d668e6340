// How much heap an allocator takes for one trace after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "judge/examine.h"
#include "oracle/heap_profile.h"
#include "trace/trace.h"

namespace heapjudge {

// Replays in one process, which is started anew when it did not survive. A trace that breaks a rule has no measure.
class HeapMeter {
 public:
  HeapMeter(SubjectFactory start, const ReplayRules& rules) : start_(std::move(start)), rules_(rules) {}

  std::optional<HeapProfile> measure(const Trace& trace);

  std::size_t failures() const { return failures_; }

 private:
  SubjectFactory start_;
  ReplayRules rules_;
  std::unique_ptr<Subject> subject_;
  std::size_t failures_ = 0;
};

}  // namespace heapjudge
