// What each picture shows, in a sentence of figures.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "history/heap_map.h"
#include "history/series.h"
#include "history/latency_grid.h"
#include "reports/heap_axis.h"
#include "reports/heap_view.h"
#include "reports/numbers.h"
#include "reports/request_text.h"

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
      "holes of {} to {} bytes take the most, {} % of what all of them take over these requests; {} at the peak of the payload",
      tick_text(std::uint64_t{1} << (worst - 1)), tick_text(std::uint64_t{1} << worst), percent(bytes[worst] / all),
      counted(figures.holes, "hole"));
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

std::string latency_summary(const HeapView& view, const HeapSubject& subject) {
  if (subject.latencies == nullptr) return "how long its requests take is not known: " + subject.not_clocked;
  const LatencyFigures figures = latency_figures(view.trace, *subject.latencies, view.window);
  if (figures.requests == 0) return "no request of these is the allocator's";
  const Request& slowest = view.trace.requests()[figures.slowest_request - 1];
  return fmt::format("half of the requests take up to {}, one in a hundred more than {}; the slowest is {}, {}, with {}; the "
                     "slowest hundredth takes {} % of all the time",
                     time_text(figures.median), time_text(figures.rare), request_text(figures.slowest_request),
                     call_of(slowest, false), time_text(figures.slowest), percent(figures.share_of_slowest));
}

}  // namespace

std::string summary_of(const HeapView& view, const HeapSubject& subject, HeapPicture picture) {
  constexpr std::size_t kColumns = 256;
  if (picture == HeapPicture::kLatency) return latency_summary(view, subject);
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
    case HeapPicture::kLatency:
      return "";  // above: it needs no history
  }
  return "";
}

}  // namespace heapjudge
