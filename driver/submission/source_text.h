// What a look at a source's text tells before it is compiled.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace heapjudge {

// File names (without folders) of the C and C++ sources that `text` includes in quotes.
std::vector<std::string> included_sources(std::string_view text);

// True for a program (it has a main) that speaks of mm_init or mm_malloc but defines no malloc of any name.
// Judged by lines that start in the first column, as definitions do.
bool only_drives_an_allocator(std::string_view text);

}  // namespace heapjudge
