// The heap over all requests of a window, as a grid: what each cell consists of, by exact area.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "history/heap_history.h"

namespace heapjudge {

// Requests first .. last, from 1; each stands for the moment after it.
struct RequestWindow {
  std::size_t first = 1;
  std::size_t last = 1;

  std::size_t requests() const { return last - first + 1; }

  friend bool operator==(const RequestWindow&, const RequestWindow&) = default;
};

// Heap offsets as heights. What mem_map hands out lies far above what grows: where nothing ever lay between the two,
// the room is cut out.
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
AddressAxis axis_of(const std::vector<const HeapHistory*>& histories, const RequestWindow& window);

struct CarpetFrame {
  RequestWindow window;
  AddressAxis axis;
  std::size_t columns = 1;
  std::size_t rows = 1;
};

// Shares of a cell's area; they add up to 1. Overhead and free are what HeapProfile calls internal and external: both
// follow from the extents of payloads alone. In a hole, the overhead of one block is drawn at its upper end.
struct CellShares {
  double payload = 0;
  double overhead = 0;
  double free = 0;
  double unrequested = 0;  // the heap does not reach there
};

class Carpet {
 public:
  Carpet(const CarpetFrame& frame, std::vector<CellShares> cells) : frame_(frame), cells_(std::move(cells)) {}

  const CarpetFrame& frame() const { return frame_; }
  const CellShares& at(std::size_t column, std::size_t row) const { return cells_[column * frame_.rows + row]; }

 private:
  CarpetFrame frame_;
  std::vector<CellShares> cells_;  // column by column, from the bottom up
};

// Exact, but for one thing: after millions of changes of what a block's overhead is taken to be (judging by the smallest
// gap, allocators change it a few times), the last value stands for those that follow.
Carpet carpet_of(const HeapHistory& history, const CarpetFrame& frame);

}  // namespace heapjudge
