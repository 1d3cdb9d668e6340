// File names as words of a shell command.
#pragma once

#include <string>
#include <string_view>

namespace heapjudge {

// Quoted when it holds anything that a shell would take for more than a name, or that cannot be printed.
std::string shell_word(std::string_view text);

}  // namespace heapjudge
