// Live blocks by offset, and what the tally makes of the gaps between them.
#include "history/heap_map.h"

#include <algorithm>

#include "history/gap_tally.h"

namespace heapjudge {
namespace {

struct Gap {
  std::uint64_t offset;
  std::uint64_t bytes;
};

std::vector<const BlockLife*> live_at(const HeapHistory& history, std::size_t moment) {
  std::vector<const BlockLife*> live;
  for (const BlockLife& life : history.blocks) {
    if (life.born <= moment && moment < life.died) live.push_back(&life);
  }
  std::ranges::sort(live, [](const BlockLife* a, const BlockLife* b) {
    return a->offset != b->offset ? a->offset < b->offset : a->size < b->size;
  });
  return live;
}

std::vector<HeapRange> parts_at(const HeapHistory& history, std::size_t moment) {
  std::vector<HeapRange> parts{{0, history.grown_bytes[moment]}};
  for (const RangeLife& life : history.ranges) {
    if (life.born <= moment && moment < life.died) parts.push_back(life.range);
  }
  std::ranges::sort(parts, {}, &HeapRange::offset);
  return parts;
}

class MapMaker {
 public:
  explicit MapMaker(std::uint32_t alignment) : tally_(alignment) {}

  void pass_block(const BlockLife& life) {
    const std::uint64_t gap = life.offset - end_;
    if (gap > 0 || life.size > 0) tally_.enter_tight(gap);
    pass_gap(life.offset);
    add({life.offset, life.size, HeapUse::kPayload, &life});
    end_ = life.offset + life.size;
  }
  void begin_part(const HeapRange& part) { end_ = part.offset; }
  void end_part(const HeapRange& part) { pass_gap(part.end()); }

  std::vector<Stretch> finish() {
    const std::uint64_t overhead = tally_.overhead_bytes();
    std::vector<Stretch> map;
    for (const Stretch& stretch : map_) {
      const bool hole = stretch.use != HeapUse::kPayload && tally_.is_hole(stretch.bytes);
      if (!hole) {
        map.push_back(stretch);
        continue;
      }
      map.push_back({stretch.offset, stretch.bytes - overhead, HeapUse::kFree});
      if (overhead > 0)
        map.push_back({stretch.offset + stretch.bytes - overhead, overhead, HeapUse::kOverhead});
    }
    return map;
  }

 private:
  void pass_gap(std::uint64_t end) { add({end_, end - end_, HeapUse::kOverhead}); }
  void add(const Stretch& stretch) {
    if (stretch.bytes > 0) map_.push_back(stretch);
  }

  GapTally tally_;
  std::uint64_t end_ = 0;
  std::vector<Stretch> map_;
};

}  // namespace

std::vector<Stretch> map_at(const HeapHistory& history, std::size_t moment) {
  MapMaker maker(history.alignment);
  const auto live = live_at(history, moment);
  auto block = live.begin();
  for (const HeapRange& part : parts_at(history, moment)) {
    maker.begin_part(part);
    for (; block != live.end() && (*block)->offset + (*block)->size <= part.end(); ++block)
      maker.pass_block(**block);
    maker.end_part(part);
  }
  return maker.finish();
}

std::vector<MapCell> cells_of(const std::vector<Stretch>& map, std::uint64_t cell_bytes) {
  std::vector<MapCell> cells;
  for (const Stretch& stretch : map) {
    const std::uint64_t end = stretch.offset + stretch.bytes;
    for (std::uint64_t at = stretch.offset; at < end;) {
      const std::uint64_t cell = at / cell_bytes * cell_bytes;
      const std::uint64_t next = std::min(end, cell + cell_bytes);
      if (cells.empty() || cells.back().offset != cell) cells.push_back({cell, {.unrequested = 1}});
      CellShares& shares = cells.back().shares;
      const double share = static_cast<double>(next - at) / static_cast<double>(cell_bytes);
      (stretch.use == HeapUse::kPayload    ? shares.payload
       : stretch.use == HeapUse::kOverhead ? shares.overhead
                                           : shares.free) += share;
      shares.unrequested -= share;
      at = next;
    }
  }
  return cells;
}

}  // namespace heapjudge
