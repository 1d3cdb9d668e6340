// What pictures of a heap are measured by, the same for all subjects of a view.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "history/carpet.h"
#include "history/heap_map.h"
#include "history/latency_grid.h"
#include "reports/heap_view.h"

namespace heapjudge {

AddressAxis common_axis(const HeapView& view);
std::uint64_t common_heap_bytes(const HeapView& view);  // the largest heap, at least 1
TimeAxis common_time_axis(const HeapView& view);

// The least and the greatest class (HoleClasses) that a hole is in; the first is the greater when there is no
// hole.
std::pair<std::size_t, std::size_t> hole_classes(const HeapView& view);

// A map is read like a page: so many cells to a row, each of a power of two of bytes, so that the largest
// heap of the view fits into so many rows.
struct MapScale {
  std::uint64_t cell_bytes = 1;
  std::size_t columns = 1;  // a power of two

  std::uint64_t row_bytes() const { return cell_bytes * columns; }
};
MapScale map_scale(const HeapView& view, std::size_t columns, std::size_t rows);

// Rows in which there is heap, the lowest address first; between two of them there may be none.
class MapPage {
 public:
  MapPage(const std::vector<MapCell>& cells, const MapScale& scale);

  const std::vector<std::uint64_t>& rows() const { return rows_; }           // offset of each
  std::pair<std::size_t, std::size_t> place_of(std::uint64_t offset) const;  // column and row

 private:
  MapScale scale_;
  std::vector<std::uint64_t> rows_;
};

// A request of the window makes or ends this life.
bool is_of_window(const BlockLife& life, const RequestSpan& window);

// The part of the heap that such lives lie in, with a little around it, in heights of the common axis; not
// empty.
HeapRange focus_of(const HeapView& view);

// The same in heights: of what map_at() tells.
std::vector<Stretch> on_axis(std::vector<Stretch> map, const AddressAxis& axis);

}  // namespace heapjudge
