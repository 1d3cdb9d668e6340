// Writes down where the process was when it crashed, was stopped by the sandbox, or is asked.
#pragma once

#include <ucontext.h>

#include <cstdint>

#include "wire/mailbox.h"

namespace heapjudge {

// Installs handlers, on a stack of their own: SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP and SIGSYS
// write to `distress` and then die of the signal; SIGPROF adds a backtrace and goes on (the judge sends it to
// a process that hangs). Must be called before seccomp is on.
void install_distress_handlers(Distress& distress);

struct Frames {
  std::uint64_t (&places)[kMaxFrames];  // offsets into the library
  std::uint32_t& depth;
};

// Where the interrupted process is, innermost first. `done`: the instruction before is meant, because that one has
// raised the signal when it was through.
void note_frames(const ucontext_t& interrupted, bool done, const Frames& frames);

// Names the library whose frames are written down, as it will be opened; `path` must stay. Its constructors may
// crash, so the handlers look for it by themselves until it has been located.
void watch_library(const char* path);

// Looks for it among the loaded ones.
void locate_library();

// Whether it is code of the library, once that has been located.
bool is_in_library(std::uintptr_t address);

std::uintptr_t program_counter(const ucontext_t& context);

}  // namespace heapjudge
