// A command line as a person would type it.
#pragma once

#include <span>
#include <string>

namespace heapjudge {

// Words joined by blanks, those that a shell would not take literally in single quotes.
std::string shell_line(std::span<const std::string> words);

}  // namespace heapjudge
