// Where Heapjudge's own files lie: the rubric, the traces, the headers that submissions include.
#pragma once

#include <filesystem>

namespace heapjudge {

// The nearest folder above the running program that holds them; else the one this was built from. Throws
// std::runtime_error when there is neither.
std::filesystem::path heapjudge_tree();

// Of that tree: mm.h, memlib.h and config.h, for submissions.
std::filesystem::path own_include_dir();

}  // namespace heapjudge
