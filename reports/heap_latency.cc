// How long each request took: upward by the logarithm of its time, in characters and as SVG.
#include <algorithm>
#include <cmath>

#include "history/latency_grid.h"
#include "reports/heap_axis.h"
#include "reports/heap_chart.h"
#include "reports/heap_scale.h"
#include "reports/heap_svg.h"
#include "reports/heap_text.h"
#include "reports/numbers.h"

namespace heapjudge {
namespace {

constexpr double kMany = 0.1;      // of the requests of a column
constexpr double kOneAlone = 0.4;  // how dark: a single slow request is to be seen
constexpr double kGap = 6;         // between bands
constexpr int kMostTicks = 5;
constexpr std::size_t kFewColumns = 154;  // of requests that are seen one by one: they are drawn thicker
constexpr std::size_t kFewRows = 24;

struct WorkLook {
  std::string_view letter;
  std::string_view capital;
  Ink ink;
};

WorkLook look_of(Work work) {
  switch (work) {
    case Work::kPlaces:
      return {"a", "A", Ink::kPayload};
    case Work::kResizes:
      return {"r", "R", Ink::kOverhead};
    case Work::kFrees:
      return {"f", "F", Ink::kHole};
  }
  return {};
}

std::uint32_t requests_in(const LatencyGrid& grid, std::size_t column) {
  std::uint32_t requests = 0;
  for (const auto& counts : grid.counts) {
    const auto first = counts.begin() + static_cast<std::ptrdiff_t>(column * grid.rows);
    for (auto at = first; at != first + static_cast<std::ptrdiff_t>(grid.rows); ++at) requests += *at;
  }
  return requests;
}

Glyph glyph_at(const LatencyGrid& grid, std::size_t column, std::size_t row) {
  std::uint32_t all = 0;
  Work most = Work::kPlaces;
  for (const Work work : kWorks) {
    all += grid.at(work, column, row);
    if (grid.at(work, column, row) > grid.at(most, column, row)) most = work;
  }
  if (all == 0) return {};
  const WorkLook look = look_of(most);
  const std::string_view letter = all >= kMany * requests_in(grid, column) ? look.capital : look.letter;
  return {letter, letter.front(), look.ink};
}

// As many columns as there are requests, at most: a window of few is stretched.
std::size_t columns_for(const HeapView& view, std::size_t columns) { return std::min(columns, view.window.requests()); }

// From one alone to many of them, in doublings.
double shade_of_count(std::uint32_t count, double many) {
  if (count == 0 || count >= many) return count == 0 ? 0 : 1;
  const double doublings = std::floor(std::log2(count));
  return kOneAlone + (1 - kOneAlone) * doublings / std::log2(many);
}

// The band of one work, darker where more of the requests of that time are.
CellGrid cells_of(const LatencyGrid& grid, Work work) {
  CellGrid cells{.columns = grid.columns, .rows = grid.rows, .cells = {}};
  for (std::size_t column = 0; column < grid.columns; ++column) {
    const double many = kMany * requests_in(grid, column);
    for (std::size_t row = 0; row < grid.rows; ++row) {
      const double share = shade_of_count(grid.at(work, column, row), many);
      cells.cells.push_back({.payload = share, .unrequested = 1 - share});
    }
  }
  return cells;
}

std::vector<Work> works_in(const LatencyGrid& grid) {
  std::vector<Work> works;
  for (const Work work : kWorks) {
    const auto& counts = grid.counts[static_cast<std::size_t>(work)];
    if (std::ranges::any_of(counts, [](std::uint32_t count) { return count != 0; })) works.push_back(work);
  }
  return works;
}

}  // namespace

std::string latency_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style) {
  Chart chart(chart_columns(style), kChartRows);
  const TimeAxis axis = common_time_axis(view);
  const std::size_t columns = columns_for(view, chart.columns());
  const LatencyGrid grid = latency_grid_of(view.trace, *subject.latencies, {view.window, axis, columns, chart.rows()});
  for (std::size_t column = 0; column < chart.columns(); ++column) {
    for (std::size_t row = 0; row < chart.rows(); ++row) {
      chart.at(column, row) = glyph_at(grid, column * columns / chart.columns(), row);
    }
  }
  for (int exponent = axis.low; exponent <= axis.high; ++exponent) {
    const auto row = static_cast<std::size_t>(axis.share_of(std::pow(10.0, exponent)) * kChartRows);
    chart.label(std::min(row, kChartRows - 1), decade_text(exponent));
  }
  return chart.text(style) + request_axis(view.window, chart.columns());
}

// A band for each kind of work, so that no colour is needed to tell them apart; one scale for all.
void draw_latency(const SvgPanel& panel) {
  if (panel.subject.latencies == nullptr) return panel.page.rect(panel.plot, "frame");
  const TimeAxis axis = common_time_axis(panel.view);
  const std::size_t columns = columns_for(panel.view, panel.detail.time_columns);
  const auto grid_of = [&](std::size_t rows) {
    return latency_grid_of(panel.view.trace, *panel.subject.latencies, {panel.view.window, axis, columns, rows});
  };
  const std::vector<Work> works = works_in(grid_of(1));
  if (works.empty()) return panel.page.rect(panel.plot, "frame");
  const double height = (panel.plot.height + kGap) / static_cast<double>(works.size()) - kGap;
  const auto rows = static_cast<std::size_t>(height / panel.plot.height * static_cast<double>(panel.detail.cell_rows));
  const LatencyGrid grid = grid_of(std::clamp<std::size_t>(rows, 1, columns < kFewColumns ? kFewRows : rows));
  double top = panel.plot.top;
  for (const Work work : works) {
    const Box band{panel.plot.left, top, panel.plot.width, height};
    panel.page.cells(band, cells_of(grid, work));
    const int step = axis.high - axis.low > kMostTicks ? 2 : 1;
    for (int exponent = axis.low + 1; exponent < axis.high; exponent += step) {
      panel.page.tick(band, band.bottom() - height * axis.share_of(std::pow(10.0, exponent)), decade_text(exponent));
    }
    panel.page.text(band.right() - 8, band.bottom() - 8, "end", verb_of(work));
    panel.page.rect(band, "frame");
    top += height + kGap;
  }
  panel.page.request_axis(panel.plot, panel.view.window);
}

}  // namespace heapjudge
