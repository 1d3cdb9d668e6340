// Writes down where the process was when it crashed, was stopped by the sandbox, or is asked.
#pragma once

#include <cstdint>

#include "wire/mailbox.h"

namespace heapjudge {

// Where the submission lies in memory; only frames inside of it are written down.
struct LibraryRange {
  std::uintptr_t base = 0;
  std::uintptr_t end = 0;
};

// Installs handlers, on a stack of their own: SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP and SIGSYS
// write to `distress` and then die of the signal; SIGPROF adds a backtrace and goes on (the judge sends it to
// a process that hangs). Must be called before seccomp is on.
void install_distress_handlers(Distress& distress);

// Tells the handlers where the submission was loaded.
void watch_library(const LibraryRange& range);

}  // namespace heapjudge
