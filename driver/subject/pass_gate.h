// The judge's side of a ConfinementGate.
#pragma once

#include <sys/types.h>

#include <string>

#include "subject/child_subject.h"
#include "wire/confinement_gate.h"

namespace heapjudge {

// Waits for a process of ours at the gate, lets it go on, and returns its level as isolation_text has it. Throws
// std::runtime_error when `sandbox` asks for more, and when the process does not come; then it stays where it is.
std::string pass_gate(ConfinementGate& gate, pid_t process, const SandboxRequest& sandbox);

}  // namespace heapjudge
