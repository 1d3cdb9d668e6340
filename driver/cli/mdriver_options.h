// The classic driver's flags, as options of a grading.
#pragma once

#include <span>
#include <string>
#include <variant>

#include "cli/options.h"

namespace heapjudge {

struct MdriverOptions {
  GradeOptions grade;              // the submission is mm.c of the working directory
  bool table = false;              // -v, -V: one line for each trace
  std::vector<std::string> notes;  // one line for each flag that means nothing here
};

// `arguments` without the program's name. PrintText for -h. Throws InputError with one line.
std::variant<MdriverOptions, PrintText> parse_mdriver_options(std::span<const std::string> arguments);

}  // namespace heapjudge
