// Three sets of rectangles: the heap, the payloads in it, and its holes. What is left of the heap is
// overhead.
#include "history/carpet.h"

#include <algorithm>

#include "check.h"
#include "history/area_grid.h"
#include "history/heap_sweep.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kMostSplits = 8'000'000;  // of holes, where the overhead changes

// Enters what lasts from moment to moment at this height.
class HeightGrid {
 public:
  explicit HeightGrid(const CarpetFrame& frame)
      : axis_(frame.axis),
        grid_({.area = {frame.window.first, frame.window.last + 1, 0, frame.axis.height},
               .columns = frame.columns,
               .rows = frame.rows}) {}

  void add(std::size_t born, std::size_t died, const HeapRange& range) {
    grid_.add({born, died, axis_.height_of(range.offset), axis_.height_of(range.end())});
  }
  const AreaGrid& grid() const { return grid_; }

 private:
  const AddressAxis& axis_;
  AreaGrid grid_;
};

void add_heap(const HeapHistory& history, HeightGrid& grid) {
  for (std::size_t begin = 0; begin <= history.requests();) {
    std::size_t end = begin + 1;
    while (end <= history.requests() && history.grown_bytes[end] == history.grown_bytes[begin]) ++end;
    grid.add(begin, end, {0, history.grown_bytes[begin]});
    begin = end;
  }
  for (const RangeLife& life : history.ranges) grid.add(life.born, life.died, life.range);
}

// A hole ends, and with it all that is known of the overhead in it.
class HoleGrid {
 public:
  explicit HoleGrid(const CarpetFrame& frame) : grid_(frame), window_(frame.window) {}

  void add(const Hole& hole, const std::vector<OverheadChange>& overheads) {
    if (hole.died <= window_.first || hole.born > window_.last) return;
    const auto later = std::ranges::upper_bound(overheads, hole.born, {}, &OverheadChange::moment);
    auto change = later - 1;
    for (std::size_t born = hole.born; born < hole.died; ++change) {
      const bool last = change + 1 == overheads.end() || splits_ >= kMostSplits;
      const std::size_t died = last ? hole.died : std::min(hole.died, (change + 1)->moment);
      grid_.add(born, died, {hole.bottom, hole.top - change->bytes - hole.bottom});
      born = died;
      if (born < hole.died) ++splits_;
    }
  }
  const AreaGrid& grid() const { return grid_.grid(); }

 private:
  HeightGrid grid_;
  RequestSpan window_;
  std::uint64_t splits_ = 0;
};

HoleGrid holes_of(const HeapHistory& history, const CarpetFrame& frame) {
  HoleGrid grid(frame);
  HeapSweep sweep(history, [&](const Hole& hole, const auto& overheads) { grid.add(hole, overheads); });
  while (sweep.moment() < frame.window.last && sweep.advance()) continue;
  sweep.finish();
  return grid;
}

double share(AreaGrid::Area part, AreaGrid::Area whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

AddressAxis axis_of(const std::vector<const HeapHistory*>& histories, const RequestSpan& window) {
  std::uint64_t grown = 0;
  std::uint64_t lowest = UINT64_MAX;
  std::uint64_t highest = 0;
  for (const HeapHistory* history : histories) {
    for (std::size_t moment = window.first; moment <= std::min(window.last, history->requests()); ++moment) {
      grown = std::max(grown, history->grown_bytes[moment]);
    }
    for (const RangeLife& life : history->ranges) {
      if (life.died <= window.first || life.born > window.last) continue;
      lowest = std::min(lowest, life.range.offset);
      highest = std::max(highest, life.range.end());
    }
  }
  if (lowest <= grown || highest == 0) return {.height = std::max({grown, highest, std::uint64_t{1}})};
  return {.cut_at = grown, .cut_bytes = lowest - grown, .height = grown + (highest - lowest)};
}

CellGrid carpet_of(const HeapHistory& history, const CarpetFrame& frame) {
  HeightGrid heap(frame);
  HeightGrid payload(frame);
  add_heap(history, heap);
  for (const BlockLife& life : history.blocks) payload.add(life.born, life.died, {life.offset, life.size});
  const HoleGrid holes = holes_of(history, frame);
  const auto heaps = heap.grid().areas();
  const auto payloads = payload.grid().areas();
  const auto frees = holes.grid().areas();
  const AreaGrid::Area whole = heap.grid().cell_area();
  std::vector<CellShares> cells;
  cells.reserve(heaps.size());
  for (std::size_t i = 0; i < heaps.size(); ++i) {
    ensure(payloads[i] + frees[i] <= heaps[i] && heaps[i] <= whole, "carpet: more than there is room for");
    cells.push_back({.payload = share(payloads[i], whole),
                     .overhead = share(heaps[i] - payloads[i] - frees[i], whole),
                     .free = share(frees[i], whole),
                     .unrequested = share(whole - heaps[i], whole)});
  }
  return {frame.columns, frame.rows, std::move(cells)};
}

}  // namespace heapjudge
