// The heap over all requests of a window, as a grid: what each cell consists of, by exact area.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "history/cell_shares.h"
#include "history/heap_history.h"

namespace heapjudge {

// Requests first .. last, from 1; each stands for the moment after it.
struct RequestSpan {
  std::size_t first = 1;
  std::size_t last = 1;

  std::size_t requests() const { return last - first + 1; }

  friend bool operator==(const RequestSpan&, const RequestSpan&) = default;
};

// Heap offsets as heights. What mem_map hands out lies far above what grows: where nothing ever lay between
// the two, the room is cut out.
struct AddressAxis {
  std::uint64_t cut_at = 0;     // the first offset that is cut out
  std::uint64_t cut_bytes = 0;  // 0: nothing is
  std::uint64_t height = 1;     // of the whole, in bytes

  std::uint64_t height_of(std::uint64_t offset) const {
    return offset >= cut_at + cut_bytes ? offset - cut_bytes : offset < cut_at ? offset : cut_at;
  }

  friend bool operator==(const AddressAxis&, const AddressAxis&) = default;
};

// The least that holds the heap of every history at each moment of the window.
AddressAxis axis_of(const std::vector<const HeapHistory*>& histories, const RequestSpan& window);

struct CarpetFrame {
  RequestSpan window;
  AddressAxis axis;
  std::size_t columns = 1;
  std::size_t rows = 1;
};

// Exact, but for one thing: after millions of changes of what a block's overhead is taken to be (judging by
// the smallest gap, allocators change it a few times), the last value stands for those that follow.
CellGrid carpet_of(const HeapHistory& history, const CarpetFrame& frame);

}  // namespace heapjudge
