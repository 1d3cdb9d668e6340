// Commands that a reader may type next.
#pragma once

#include <string>

#include "judge/grade.h"

namespace heapjudge {

// "heapjudge grade mm.c": the same submission again.
std::string grade_command(const Identity& identity);

// The options of this run, each after a space: " --rubric my.yaml"; empty when there were none.
std::string judging_options(const Identity& identity);

std::string command_for_32_bit(const Identity& identity);

}  // namespace heapjudge
