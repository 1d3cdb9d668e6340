// Writes down where the process was when it crashed, was stopped by the sandbox, or is asked.
#pragma once

#include <cstdint>

#include "wire/mailbox.h"

namespace heapjudge {

// Installs handlers, on a stack of their own: SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP and SIGSYS
// write to `distress` and then die of the signal; SIGPROF adds a backtrace and goes on (the judge sends it to
// a process that hangs). Must be called before seccomp is on.
void install_distress_handlers(Distress& distress);

// Names the library whose frames are written down, as it will be opened; `path` must stay. Its constructors may
// crash, so the handlers look for it by themselves until it has been located.
void watch_library(const char* path);

// Looks for it among the loaded ones.
void locate_library();

}  // namespace heapjudge
