// Names as a C++ programmer wrote them.
#pragma once

#include <string>

namespace heapjudge {

// "split(Block*)" for "_Z5splitP5Block"; any other name as it is.
std::string demangle(const std::string& name);

}  // namespace heapjudge
