// Examines one allocator on one trace: replays it, convicts or acquits, and measures its heap.
#pragma once

#include <functional>
#include <memory>

#include "judge/finding.h"
#include "judge/replay.h"
#include "subject/subject.h"
#include "trace/trace.h"

namespace heapjudge {

struct ExamineSettings {
  ReplayRules rules;
  bool rerun = true;           // a second time in the same process (E203)
  bool other_fill = true;      // and once more with other bytes in new heap memory (E204)
  bool refuse_growth = false;  // also refuse growths of the heap, one at a time (E202)
  bool own_checks = false;     // and call the submission's own heap checker in between (E402)
  bool history = false;        // of the first run, for pictures
  std::uint64_t max_bytes_outside_heap = 128u << 10;  // E502 beyond: what the subject may write elsewhere
};

// Starts a fresh subject. Throws when the machine, not the student, is at fault.
using SubjectFactory = std::function<std::unique_ptr<Subject>()>;

// Runs the trace. When a run goes wrong, shorter and shorter prefixes are run in fresh subjects until the first
// request is known after which it shows (replay is deterministic), and the finding is about that one.
Examination examine(const Trace& trace, const SubjectFactory& start, const ExamineSettings& settings);

}  // namespace heapjudge
