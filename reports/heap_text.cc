// A head, and for each subject the picture, its key and its summary.
#include "reports/heap_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "history/series.h"
#include "reports/heap_chart.h"
#include "reports/heap_scale.h"
#include "reports/layout.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMargin = 2;

std::string key_of(HeapPicture picture, bool unicode) {
  const std::string shades = unicode ? "█ payload  ▓▒░ some payload  : overhead  · hole"
                                     : "# payload  %+- some payload  : overhead  . hole";
  switch (picture) {
    case HeapPicture::kCarpet:
      return shades + (unicode ? "  ━" : "  =") + " the payload if packed  blank: not requested yet";
    case HeapPicture::kCurves:
      return unicode ? "━ heap  █ live payload" : "= heap  # live payload";
    case HeapPicture::kShare:
      return unicode ? "█ payload  : inside blocks  · holes" : "# payload  : inside blocks  . holes";
    case HeapPicture::kHoles:
      return unicode ? "bytes in holes of the size at the left: █ 1/8 of the heap or more  ▓ 1/32  ▒ 1/128  "
                       "░ less"
                     : "bytes in holes of the size at the left: # 1/8 of the heap or more  % 1/32  + 1/128  "
                       "- less";
    case HeapPicture::kMap:
      return shades;
    case HeapPicture::kStrip:
      return "digits and letters: the blocks of these requests  # other payload  . none";
    case HeapPicture::kLatency:
      return "most requests there: a allocate  r resize  f free; capitals: a tenth of their column or more";
  }
  return "";
}

std::string text_of_one(const HeapView& view, const HeapSubject& subject, HeapPicture picture,
                        const TextStyle& style) {
  switch (picture) {
    case HeapPicture::kCarpet:
      return carpet_text(view, subject, style);
    case HeapPicture::kCurves:
      return curves_text(view, subject, style);
    case HeapPicture::kShare:
      return share_text(view, subject, style);
    case HeapPicture::kHoles:
      return holes_text(view, subject, style);
    case HeapPicture::kMap:
      return map_text(view, subject, style);
    case HeapPicture::kStrip:
      return strip_text(view, subject, style);
    case HeapPicture::kLatency:
      return latency_text(view, subject, style);
  }
  return "";
}

// As lines of the screen, a little to the right.
std::string set_in(const std::string& words, const TextStyle& style) {
  std::string text;
  for (const std::string& line : wrapped(std::string(kMargin, ' ') + words, style.columns, kMargin)) text += line + "\n";
  return text;
}

bool has_something(const HeapView& view, const HeapSubject& subject, HeapPicture picture) {
  if (picture == HeapPicture::kLatency) return subject.latencies != nullptr;
  return subject.history->requests() >= (picture == HeapPicture::kMap ? view.at : view.window.first);
}

}  // namespace

std::string text_of(const HeapView& view, HeapPicture picture, const TextStyle& style) {
  constexpr std::string_view kBroke = "broke a rule";
  const Paint paint(style.colour);
  std::string text;
  for (const HeapSubject& subject : view.subjects) {
    text += paint.strong(printable(subject.name, style.unicode)) + "  " + std::string(name_of(picture)) +
            " of " + printable(view.trace.name(), style.unicode) + "\n";
    if (has_something(view, subject, picture)) {
      text += text_of_one(view, subject, picture, style);
      text += set_in(key_of(picture, style.unicode), style);
    }
    text += set_in(summary_of(view, subject, picture), style);
    if (subject.failure.empty()) continue;
    const std::string failure = set_in(std::string(kBroke) + " " + printable(subject.failure, style.unicode), style);
    text += failure.substr(0, kMargin) + paint.bad(kBroke) + failure.substr(kMargin + kBroke.size());
  }
  return text;
}

std::string carpet_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style) {
  const AddressAxis axis = common_axis(view);
  Chart chart(chart_columns(style), kChartRows);
  const CellGrid carpet = carpet_of(*subject.history, {view.window, axis, chart.columns(), chart.rows()});
  for (std::size_t column = 0; column < chart.columns(); ++column) {
    for (std::size_t row = 0; row < chart.rows(); ++row)
      chart.at(column, row) = glyph_of(carpet.at(column, row));
  }
  const auto series = series_of(*subject.history, view.window, chart.columns());
  for (std::size_t column = 0; column < chart.columns(); ++column) {
    const std::size_t request = view.window.first + column * view.window.requests() / chart.columns();
    const auto at =
        std::ranges::find_if(series, [&](const SeriesColumn& one) { return request <= one.requests.last; });
    if (at == series.end()) break;
    // Where the line touches the heap's top it would hide that nothing is lost.
    const std::size_t row = chart.row_of(at->payload_bytes, axis.height);
    if (row < chart.row_of(at->heap_bytes, axis.height)) chart.at(column, row) = {"━", '=', Ink::kLine};
  }
  chart.label_bytes(axis.height);
  return chart.text(style) + request_axis(view.window, chart.columns());
}

}  // namespace heapjudge
