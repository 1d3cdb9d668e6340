// Curves, shares and holes over the requests, in characters.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "history/series.h"
#include "reports/heap_axis.h"
#include "reports/heap_chart.h"
#include "reports/heap_scale.h"
#include "reports/heap_text.h"
#include "reports/numbers.h"

namespace heapjudge {
namespace {

using Column = std::function<void(std::size_t column, const SeriesColumn& figures)>;

// Calls draw for each column of the plot that the history reaches: a window of few requests is stretched.
void for_each_column(const HeapView& view, const HeapSubject& subject, std::size_t columns,
                     const Column& draw) {
  const auto series = series_of(*subject.history, view.window, columns);
  for (std::size_t column = 0; column < columns; ++column) {
    const std::size_t request = view.window.first + column * view.window.requests() / columns;
    const auto at =
        std::ranges::find_if(series, [&](const SeriesColumn& one) { return request <= one.requests.last; });
    if (at == series.end()) return;
    draw(column, *at);
  }
}

void fill(Chart& chart, std::size_t column, std::pair<double, double> rows, const Glyph& glyph) {
  for (std::size_t row = 0; row < chart.rows(); ++row) {
    const double middle = static_cast<double>(row) + 0.5;
    if (rows.first <= middle && middle < rows.second) chart.at(column, row) = glyph;
  }
}

std::string blocks_line(const HeapView& view, const HeapSubject& subject, std::size_t columns,
                        const TextStyle& style) {
  constexpr std::array<std::string_view, 8> kBars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  constexpr std::string_view kMarks = "._-=+*%#";
  std::uint64_t most = 1;
  for (const HeapSubject& one : view.subjects) {
    for_each_column(view, one, columns, [&](std::size_t, const SeriesColumn& figures) {
      most = std::max(most, figures.most_blocks);
    });
  }
  std::string line = "  blocks |";
  for_each_column(view, subject, columns, [&](std::size_t, const SeriesColumn& figures) {
    const std::size_t bar = std::min<std::uint64_t>(7, figures.most_blocks * 8 / most);
    line += style.unicode ? kBars[bar] : kMarks.substr(bar, 1);
  });
  return line + "\n          the highest bar: " + grouped(most) + (most == 1 ? " block\n" : " blocks\n");
}

}  // namespace

std::string curves_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style) {
  Chart chart(chart_columns(style), kChartRows);
  const std::uint64_t height = common_heap_bytes(view);
  const double scale = static_cast<double>(chart.rows()) / static_cast<double>(height);
  for_each_column(view, subject, chart.columns(), [&](std::size_t column, const SeriesColumn& figures) {
    chart.at(column, chart.row_of(static_cast<double>(figures.most_heap_bytes), height)) = {"━", '=',
                                                                                            Ink::kLine};
    fill(chart, column, {0, static_cast<double>(figures.most_payload_bytes) * scale},
         {"█", '#', Ink::kPayload});
  });
  chart.label_bytes(height);
  return chart.text(style) + request_axis(view.window, chart.columns()) +
         blocks_line(view, subject, chart.columns(), style);
}

std::string share_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style) {
  Chart chart(chart_columns(style), kChartRows);
  const std::uint64_t height = common_heap_bytes(view);
  const double scale = static_cast<double>(chart.rows()) / static_cast<double>(height);
  for_each_column(view, subject, chart.columns(), [&](std::size_t column, const SeriesColumn& figures) {
    const double payload = figures.payload_bytes * scale;
    const double inside = payload + figures.internal_bytes * scale;
    fill(chart, column, {0, payload}, {"█", '#', Ink::kPayload});
    fill(chart, column, {payload, inside}, {":", ':', Ink::kOverhead});
    fill(chart, column, {inside, inside + figures.external_bytes * scale}, {"·", '.', Ink::kHole});
  });
  chart.label_bytes(height);
  return chart.text(style) + request_axis(view.window, chart.columns());
}

std::string holes_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style) {
  const std::size_t columns = chart_columns(style);
  const auto [least, most] = hole_classes(view);
  if (least > most) return "";
  Chart chart(columns, most - least + 1);
  const auto heap = static_cast<double>(common_heap_bytes(view));
  for_each_column(view, subject, columns,
                  [&, lowest = least, highest = most](std::size_t column, const SeriesColumn& figures) {
                    for (std::size_t i = lowest; i <= highest; ++i) {
                      Glyph glyph = shade_of(figures.hole_bytes[i] / heap);
                      if (glyph.ink == Ink::kPayload) glyph.ink = Ink::kHole;
                      chart.at(column, i - lowest) = glyph;
                    }
                  });
  for (std::size_t i = least; i <= most; ++i) chart.label(i - least, tick_text(std::uint64_t{1} << (i - 1)));
  return chart.text(style) + request_axis(view.window, columns);
}

}  // namespace heapjudge
