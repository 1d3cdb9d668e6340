// What the judge tells a student process before it starts, and what that says of its confinement.
#pragma once

#include <cstdint>
#include <string>

#include "subject/child_subject.h"
#include "wire/mailbox.h"

namespace heapjudge {

void write_setup(const LaunchSettings& settings, bool ilp32, Setup& setup);

// For a process that replays a program by itself: where that lies, memory to map it, and time for many passes.
void add_program(const ProgramShape& shape, Setup& setup);

// For one that runs under valgrind: memory and time for that, and another filter.
void add_valgrind(Setup& setup);

// ConfinementLayer bits as words: "full", or "partial: no Landlock, no namespaces".
std::string isolation_text(std::uint32_t reached);

// Throws std::runtime_error when such a text says less.
void demand_full(const std::string& isolation);

}  // namespace heapjudge
