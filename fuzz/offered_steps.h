// Which steps a submission can be asked for at all: most lack a function or two.
#pragma once

#include <cstdint>
#include <vector>

namespace heapjudge {

struct Inspection;  // submission/inspect.h

struct OfferedFunctions {
  bool realloc = true;
  bool calloc = true;
  bool aligned = true;
};

OfferedFunctions offered_by(const Inspection& inspection);

// Takes the steps out of the input (see InputHeader::steps_off) that need a function which is not there.
void take_out_missing(const OfferedFunctions& offered, std::vector<std::uint8_t>& input);

}  // namespace heapjudge
