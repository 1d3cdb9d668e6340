// What each picture shows, in a sentence of figures.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "history/heap_map.h"
#include "history/series.h"
#include "reports/heap_axis.h"
#include "reports/heap_view.h"
#include "reports/numbers.h"

namespace heapjudge {
namespace {

std::string percent_of(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "0.0" : percent(static_cast<double>(part) / static_cast<double>(whole));
}

std::string shares(const WindowFigures& figures) {
  return fmt::format("{} % payload, {} % inside blocks, {} % holes",
                     percent_of(figures.peak_payload_bytes, figures.largest_heap_bytes),
                     percent_of(figures.internal_bytes, figures.largest_heap_bytes),
                     percent_of(figures.external_bytes, figures.largest_heap_bytes));
}

std::string carpet_summary(const WindowFigures& figures) {
  return fmt::format("the heap reaches {}, the live payload at most {} (after {}): {}",
                     size_text(figures.largest_heap_bytes), size_text(figures.peak_payload_bytes),
                     request_text(figures.peak_request), shares(figures));
}

std::string curves_summary(const WindowFigures& figures, const std::vector<SeriesColumn>& series) {
  const std::uint64_t blocks = std::ranges::max(series, {}, &SeriesColumn::most_blocks).most_blocks;
  return fmt::format("at most {} of payload in a heap of {}; at most {} at a time",
                     size_text(figures.peak_payload_bytes), size_text(figures.largest_heap_bytes),
                     counted(blocks, "block"));
}

std::string holes_summary(const std::vector<SeriesColumn>& series, const WindowFigures& figures) {
  std::vector<double> bytes(65);
  double all = 0;
  for (const SeriesColumn& column : series) {
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] += column.hole_bytes[i];
    all += column.external_bytes;
  }
  if (all <= 0) return "no holes";
  const std::size_t worst = static_cast<std::size_t>(std::ranges::max_element(bytes) - bytes.begin());
  return fmt::format(
      "most of what holes take, {} %, lies in holes of {} to {} bytes; {} at the peak of the payload",
      percent(bytes[worst] / all), tick_text(std::uint64_t{1} << (worst - 1)),
      tick_text(std::uint64_t{1} << worst), counted(figures.holes, "hole"));
}

std::string map_summary(const HeapHistory& history, std::size_t at) {
  std::map<HeapUse, std::uint64_t> bytes;
  std::uint64_t heap = 0;
  std::uint64_t largest = 0;
  std::uint64_t blocks = 0;
  for (const Stretch& stretch : map_at(history, at)) {
    bytes[stretch.use] += stretch.bytes;
    heap += stretch.bytes;
    if (stretch.use == HeapUse::kFree) largest = std::max(largest, stretch.bytes);
    if (stretch.use == HeapUse::kPayload) ++blocks;
  }
  return fmt::format(
      "after {} the heap is {}: {} with {} % of it, {} % inside blocks, {} % in holes, the largest {}",
      request_text(at), size_text(heap), counted(blocks, "block"), percent_of(bytes[HeapUse::kPayload], heap),
      percent_of(bytes[HeapUse::kOverhead], heap), percent_of(bytes[HeapUse::kFree], heap),
      size_text(largest));
}

}  // namespace

std::string summary_of(const HeapView& view, const HeapSubject& subject, HeapPicture picture) {
  constexpr std::size_t kColumns = 256;
  const HeapHistory& history = *subject.history;
  const std::size_t needed = picture == HeapPicture::kMap ? view.at : view.window.first;
  if (history.requests() < needed)
    return fmt::format("the replay went wrong after {}", request_text(history.requests()));
  const WindowFigures figures = figures_of(history, view.window);
  switch (picture) {
    case HeapPicture::kCarpet:
    case HeapPicture::kStrip:
      return carpet_summary(figures);
    case HeapPicture::kCurves:
      return curves_summary(figures, series_of(history, view.window, kColumns));
    case HeapPicture::kShare:
      return shares(figures) + " of the largest heap, when the payload is at its peak";
    case HeapPicture::kHoles:
      return holes_summary(series_of(history, view.window, kColumns), figures);
    case HeapPicture::kMap:
      return map_summary(history, view.at);
  }
  return "";
}

}  // namespace heapjudge
