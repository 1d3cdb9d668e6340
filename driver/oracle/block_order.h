// Sorts blocks by where they lie.
#pragma once

#include <cstdint>
#include <vector>

#include "trace/request.h"

namespace heapjudge {

struct PlacedBlock {
  std::uint64_t offset = 0;
  BlockId block = kNoBlock;

  friend bool operator==(const PlacedBlock&, const PlacedBlock&) = default;
};

// By rising offset; blocks at the same offset stay as they stood. Takes time in proportion to their number.
void sort_by_offset(std::vector<PlacedBlock>& blocks);

}  // namespace heapjudge
