// Does a submission talk to valgrind?
#pragma once

#include <filesystem>

namespace heapjudge {

// True when the library holds the sequence of instructions by which a program makes requests to the valgrind that runs
// it: switching the count off, for one, or asking whether there is one. Code that a program writes while it runs is not
// seen. Throws std::runtime_error when the file cannot be read.
bool makes_valgrind_requests(const std::filesystem::path& library);

}  // namespace heapjudge
