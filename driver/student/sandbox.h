// The outer side of the sandbox: which system calls a student process may make. Used by the judge.
#pragma once

#include <cstdint>
#include <string>

#include "wire/mailbox.h"

namespace heapjudge {

enum class SandboxPhase : std::uint8_t {
  kLoading,  // the dynamic loader works, the submission's constructors run
  kServing   // requests are served
};

// The seccomp filter for a 64-bit or 32-bit process. Whatever it does not allow raises SIGSYS; a call in the
// manner of another architecture kills at once. Built once for each of the four and kept. Throws
// std::runtime_error when libseccomp fails.
const Filter& system_call_filter(SandboxPhase phase, bool ilp32);

// "openat", or "number 425" when it has no name.
std::string system_call_name(std::uint32_t number, bool ilp32);

// True for exit and exit_group.
bool is_exit(std::uint32_t number, bool ilp32);

}  // namespace heapjudge
