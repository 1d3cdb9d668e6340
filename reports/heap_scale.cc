// Over all subjects, so that what looks larger is larger.
#include "reports/heap_scale.h"

#include <algorithm>
#include <bit>

#include "history/series.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kLeastCellBytes = 8;
constexpr std::size_t kSeriesColumns = 616;

std::uint64_t heap_at(const HeapHistory& history, std::size_t moment) {
  std::uint64_t bytes = 0;
  for (const Stretch& stretch : map_at(history, moment)) bytes += stretch.bytes;
  return bytes;
}

}  // namespace

AddressAxis common_axis(const HeapView& view) {
  std::vector<const HeapHistory*> histories;
  for (const HeapSubject& subject : view.subjects) histories.push_back(subject.history);
  return axis_of(histories, view.window);
}

TimeAxis common_time_axis(const HeapView& view) {
  std::vector<const Latencies*> latencies;
  for (const HeapSubject& subject : view.subjects) {
    if (subject.latencies != nullptr) latencies.push_back(subject.latencies);
  }
  return time_axis(view.trace, latencies, view.window);
}

std::uint64_t common_heap_bytes(const HeapView& view) {
  std::uint64_t bytes = 1;
  for (const HeapSubject& subject : view.subjects) {
    bytes = std::max(bytes, figures_of(*subject.history, view.window).largest_heap_bytes);
  }
  return bytes;
}

std::pair<std::size_t, std::size_t> hole_classes(const HeapView& view) {
  std::size_t least = 64;
  std::size_t most = 0;
  for (const HeapSubject& subject : view.subjects) {
    for (const SeriesColumn& column : series_of(*subject.history, view.window, kSeriesColumns)) {
      for (std::size_t i = 1; i < column.hole_bytes.size(); ++i) {
        if (column.hole_bytes[i] <= 0) continue;
        least = std::min(least, i);
        most = std::max(most, i);
      }
    }
  }
  return {least, most};
}

MapScale map_scale(const HeapView& view, std::size_t columns, std::size_t rows) {
  std::uint64_t most = 1;
  for (const HeapSubject& subject : view.subjects) {
    if (subject.history->requests() >= view.at) most = std::max(most, heap_at(*subject.history, view.at));
  }
  columns = std::bit_floor(columns);
  const std::uint64_t cells = columns * rows;
  return {.cell_bytes = std::max(kLeastCellBytes, std::bit_ceil((most + cells - 1) / cells)),
          .columns = columns};
}

MapPage::MapPage(const std::vector<MapCell>& cells, const MapScale& scale) : scale_(scale) {
  for (const MapCell& cell : cells) {
    const std::uint64_t row = cell.offset / scale.row_bytes() * scale.row_bytes();
    if (rows_.empty() || rows_.back() != row) rows_.push_back(row);
  }
}

std::pair<std::size_t, std::size_t> MapPage::place_of(std::uint64_t offset) const {
  const auto row = std::ranges::upper_bound(rows_, offset) - 1;
  return {(offset - *row) / scale_.cell_bytes, static_cast<std::size_t>(row - rows_.begin())};
}

bool is_of_window(const BlockLife& life, const RequestSpan& window) {
  const bool born = window.first <= life.born && life.born <= window.last;
  const bool died = window.first <= life.died && life.died <= window.last;
  return born || died;
}

HeapRange focus_of(const HeapView& view) {
  const AddressAxis axis = common_axis(view);
  std::uint64_t begin = UINT64_MAX;
  std::uint64_t end = 0;
  for (const HeapSubject& subject : view.subjects) {
    for (const BlockLife& life : subject.history->blocks) {
      if (!is_of_window(life, view.window)) continue;
      begin = std::min(begin, axis.height_of(life.offset));
      end = std::max(end, axis.height_of(life.offset + life.size));
    }
  }
  if (begin >= end) return {0, 1};
  const std::uint64_t around = std::max<std::uint64_t>(16, (end - begin) / 16);
  const std::uint64_t before = std::min(begin, around);
  return {begin - before, end - begin + before + around};
}

std::vector<Stretch> on_axis(std::vector<Stretch> map, const AddressAxis& axis) {
  for (Stretch& stretch : map) {
    const std::uint64_t end = axis.height_of(stretch.offset + stretch.bytes);
    stretch.offset = axis.height_of(stretch.offset);
    stretch.bytes = end - stretch.offset;
  }
  return map;
}

}  // namespace heapjudge
