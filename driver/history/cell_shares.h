// What one cell of a picture of the heap consists of.
#pragma once

#include <cstddef>
#include <vector>

namespace heapjudge {

// Shares of a cell's area; they add up to 1. Overhead and free are what HeapProfile calls internal and
// external: both follow from the extents of payloads alone. In a hole, the overhead of one block is drawn at
// its upper end.
struct CellShares {
  double payload = 0;
  double overhead = 0;
  double free = 0;
  double unrequested = 0;  // the heap does not reach there
};

// Invariant: columns times rows cells.
struct CellGrid {
  std::size_t columns = 0;
  std::size_t rows = 0;
  std::vector<CellShares> cells;  // column by column, from the bottom up

  const CellShares& at(std::size_t column, std::size_t row) const { return cells[column * rows + row]; }
};

}  // namespace heapjudge
