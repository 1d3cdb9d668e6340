// The inner side of the sandbox: what the student process does to itself before it loads anything.
#pragma once

#include <cstdint>

#include "wire/confinement_gate.h"
#include "wire/mailbox.h"

namespace heapjudge {

// Theory of operation. Layer upon layer, each of which holds if another one is missing:
//
//   root         becomes nobody, or drops its capabilities where there is no nobody
//   limits       no core file, no new process, no large file, bounded CPU time, stack and address space
//   no new privileges
//   namespaces   user, network, IPC, UTS: nothing to talk to, no capability outside
//   Landlock     no file can be opened but the submission's own library; no signal and no abstract socket
//                leaves the process (kernels that know scopes)
//   seccomp      while loading: what the dynamic loader needs; then only what a computation needs, no mapping
//                of memory, no opening of files, no signal to anybody else. What is refused raises SIGSYS.
//
// A process that is to run under valgrind does so before it becomes valgrind, which needs more: it opens the system's
// programs and libraries and what Linux tells about the process itself, keeps temporary files in the working folder,
// and makes any system call but those of the filter in Setup::loading. That process keeps the working folder's rights
// and the memory that valgrind has; the other layers are the same.
enum class Confinement : std::uint8_t { kAlone, kUnderValgrind };

// Returns the layers that hold, as ConfinementLayer bits.
std::uint32_t confine(const Setup& setup, int library_descriptor, Confinement confinement = Confinement::kAlone);

// Likewise under valgrind's terms, for a process that the judge meets at a gate: returns when that is open.
void confine_at_gate(const Setup& setup, int library_descriptor, ConfinementGate& gate);

// Installs a seccomp filter in addition to those that hold. False when the kernel refuses.
bool install_filter(const Filter& filter);

}  // namespace heapjudge
