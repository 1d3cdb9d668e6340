// What lies where at one moment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "history/cell_shares.h"
#include "history/heap_history.h"

namespace heapjudge {

enum class HeapUse : std::uint8_t { kPayload, kOverhead, kFree };

struct Stretch {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  HeapUse use = HeapUse::kFree;
  const BlockLife* block = nullptr;  // of a payload

  friend bool operator==(const Stretch&, const Stretch&) = default;
};

// The heap at this moment, from its start to its end without a gap (but between what has grown and what is
// mapped). Stretches of no bytes are left out. In a hole, the overhead of one block is taken to be at its
// upper end.
std::vector<Stretch> map_at(const HeapHistory& history, std::size_t moment);

// One cell of a map that is read like a page: so many bytes of the heap from this offset on, exactly.
struct MapCell {
  std::uint64_t offset = 0;  // a multiple of the cells' size
  CellShares shares;
};

// Every cell in which there is heap, by rising offset.
std::vector<MapCell> cells_of(const std::vector<Stretch>& map, std::uint64_t cell_bytes);

}  // namespace heapjudge
