// The man page, made from the option table.
#pragma once

#include <string>

namespace heapjudge {

// In roff with the macros of man(7): what `heapjudge --man` prints, for `man -l -`.
std::string man_page();

}  // namespace heapjudge
