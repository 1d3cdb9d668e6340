// Examines one allocator on one trace: replays it, convicts or acquits, and measures its heap.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "judge/finding.h"
#include "oracle/payload_pattern.h"
#include "subject/subject.h"
#include "trace/trace.h"

namespace heapjudge {

struct ExamineSettings {
  std::uint64_t heap_limit_bytes = 100u << 20;
  std::uint32_t alignment = 16;
  PointerWidth pointer_width = PointerWidth::k64;
  bool heap_may_shrink = false;
  bool rerun = true;
  bool other_fill = true;
  bool refuse_growth = false;  // --check: also refuse growths of the heap, one at a time (E202)
};

// Starts a fresh subject. Throws when the machine, not the student, is at fault.
using SubjectFactory = std::function<std::unique_ptr<Subject>()>;

// Runs the trace; on damage replays it as often as it takes to name the first request after which it shows.
Examination examine(const Trace& trace, const SubjectFactory& start, const ExamineSettings& settings);

}  // namespace heapjudge
