// The outer side of the sandbox: which system calls a student process may make. Used by the judge.
#pragma once

#include <cstdint>
#include <string>

#include "wire/mailbox.h"

namespace heapjudge {

enum class SandboxPhase : std::uint8_t {
  kLoading,  // the dynamic loader works, the submission's constructors run
  kServing,  // requests are served
  kCounting  // all of the time, of a process that runs under valgrind
};

// The seccomp filter for a 64-bit or 32-bit process. Whatever it does not allow raises SIGSYS; a call in the
// manner of another architecture kills at once. For counting it is the other way round, because valgrind has needs of
// its own: all is allowed but what reaches other processes, the network or odd corners of the kernel, or starts
// something that goes on by itself; those fail, in both manners. Built once for each and kept. Throws
// std::runtime_error when libseccomp fails.
const Filter& system_call_filter(SandboxPhase phase, bool ilp32);

// "openat", or "number 425" when it has no name.
std::string system_call_name(std::uint32_t number, bool ilp32);

// True for exit and exit_group.
bool is_exit(std::uint32_t number, bool ilp32);

}  // namespace heapjudge
