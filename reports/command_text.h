// Commands that a reader may type next.
#pragma once

#include <string>

#include "judge/grade.h"

namespace heapjudge {

// "heapjudge grade mm.c": the same submission again.
std::string grade_command(const Identity& identity);

// "heapjudge debug mm.c", and where it is to stop: " --at 7", or " --first-failure" where the first replay of the trace
// does not show the failure at a request of its own. Not for what no debugger shows.
std::string debug_command(const Identity& identity);
std::string stop_options(const Finding& finding);
bool can_be_debugged(const Finding& finding);

// The options of this run, each after a space: " --rubric my.yaml"; empty when there were none.
std::string judging_options(const Identity& identity);

std::string command_for_32_bit(const Identity& identity);

}  // namespace heapjudge
