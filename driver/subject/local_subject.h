// A submission loaded into this very process: fast, and trusted. For tests and fuzzing, never for grades.
#pragma once

#include <memory>

#include "subject/child_subject.h"

namespace heapjudge {

// Uses library, interface, heap_limit_bytes, heap_base and heap_may_shrink of the settings. Where something
// of ours lies at heap_base (the tables of AddressSanitizer), the heap is elsewhere: ask heap_base(). A crash
// of the submission is a crash of ours. One at a time in a process, as memlib is one.
std::unique_ptr<Subject> load_locally(const LaunchSettings& settings);

}  // namespace heapjudge
