// One sweep, whose moments are gathered column by column.
#include "history/series.h"

#include <algorithm>

#include "history/heap_sweep.h"

namespace heapjudge {
namespace {

class ColumnSum {
 public:
  explicit ColumnSum(std::size_t first) { column_.requests = {first, first}; }

  void add(const HeapSweep& sweep) {
    const bool is_first = count_ == 0;
    column_.requests.last = sweep.moment();
    column_.least_payload_bytes =
        is_first ? sweep.payload_bytes() : std::min(column_.least_payload_bytes, sweep.payload_bytes());
    column_.most_payload_bytes = std::max(column_.most_payload_bytes, sweep.payload_bytes());
    column_.most_heap_bytes = std::max(column_.most_heap_bytes, sweep.heap_bytes());
    column_.most_blocks = std::max(column_.most_blocks, sweep.blocks());
    payload_ += static_cast<double>(sweep.payload_bytes());
    internal_ += static_cast<double>(sweep.internal_bytes());
    external_ += static_cast<double>(sweep.external_bytes());
    const double overhead = static_cast<double>(sweep.gaps().overhead_bytes());
    for (std::size_t i = 0; i < holes_.size(); ++i) {
      const HoleClass& holes = sweep.gaps().holes()[i];
      holes_[i] += static_cast<double>(holes.bytes) - static_cast<double>(holes.count) * overhead;
    }
    ++count_;
  }

  SeriesColumn mean() const {
    SeriesColumn column = column_;
    const double count = static_cast<double>(count_);
    column.payload_bytes = payload_ / count;
    column.internal_bytes = internal_ / count;
    column.external_bytes = external_ / count;
    column.heap_bytes = (payload_ + internal_ + external_) / count;
    for (const double bytes : holes_) column.hole_bytes.push_back(bytes / count);
    return column;
  }

 private:
  SeriesColumn column_;
  std::size_t count_ = 0;
  double payload_ = 0;
  double internal_ = 0;
  double external_ = 0;
  std::array<double, std::tuple_size_v<HoleClasses>> holes_{};
};

}  // namespace

std::vector<SeriesColumn> series_of(const HeapHistory& history, const RequestSpan& window,
                                    std::size_t columns) {
  std::vector<SeriesColumn> series;
  const std::size_t last = std::min(window.last, history.requests());
  if (window.first > last) return series;
  const std::size_t requests = last - window.first + 1;
  columns = std::min(columns, requests);
  HeapSweep sweep(history);
  while (sweep.moment() < window.first) sweep.advance();
  for (std::size_t column = 0; column < columns; ++column) {
    const std::size_t end = window.first + (column + 1) * requests / columns;
    ColumnSum sum(sweep.moment());
    for (; sweep.moment() < end; sweep.advance()) {
      sum.add(sweep);
      if (sweep.moment() == last) break;
    }
    series.push_back(sum.mean());
  }
  return series;
}

WindowFigures figures_of(const HeapHistory& history, const RequestSpan& window) {
  WindowFigures figures;
  if (window.first > history.requests()) return figures;
  HeapSweep sweep(history);
  while (sweep.moment() < window.first) sweep.advance();
  do {
    figures.largest_heap_bytes = std::max(figures.largest_heap_bytes, sweep.heap_bytes());
    if (sweep.payload_bytes() <= figures.peak_payload_bytes) continue;
    figures.peak_payload_bytes = sweep.payload_bytes();
    figures.peak_request = sweep.moment();
    figures.internal_bytes = sweep.internal_bytes();
    figures.holes = sweep.gaps().hole_count();
    figures.blocks = sweep.blocks();
  } while (sweep.moment() < window.last && sweep.advance());
  figures.external_bytes = figures.largest_heap_bytes - figures.peak_payload_bytes - figures.internal_bytes;
  return figures;
}

}  // namespace heapjudge
