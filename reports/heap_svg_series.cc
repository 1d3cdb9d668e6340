// Carpet, curves, shares and holes: what has the requests to the right.
#include <algorithm>

#include "history/series.h"
#include "reports/heap_axis.h"
#include "reports/heap_scale.h"
#include "reports/heap_svg.h"

namespace heapjudge {
namespace {

constexpr double kDarkestHole = 0.125;  // of the heap

using Points = std::vector<std::pair<double, double>>;

// The figures of one panel, and where they stand in it.
class SeriesPlot {
 public:
  SeriesPlot(const SvgPanel& panel, std::uint64_t height_bytes)
      : panel_(panel),
        height_bytes_(static_cast<double>(height_bytes)),
        series_(series_of(*panel.subject.history, panel.view.window, panel.detail.steps)) {}

  const std::vector<SeriesColumn>& series() const { return series_; }
  bool empty() const { return series_.empty(); }

  // Steps, because a figure holds until the next request.
  template <typename Value>
  Points steps(Value value) const {
    Points points;
    for (const SeriesColumn& column : series_) {
      const double share = std::min(1.0, static_cast<double>(value(column)) / height_bytes_);
      const double y = panel_.plot.bottom() - panel_.plot.height * share;
      if (points.empty() || points.back().second != y) points.insert(points.end(), 2, {x_of(column.requests.first), y});
      points.back().first = x_of(column.requests.last + 1);
    }
    return points;
  }

  // Filled between two curves.
  template <typename Lower, typename Upper>
  void area(Lower lower, Upper upper, std::string_view css_class) const {
    Points points = steps(upper);
    Points back = steps(lower);
    points.insert(points.end(), back.rbegin(), back.rend());
    panel_.page.path(path_of(points, true), css_class);
  }

  double x_of(std::size_t request) const {
    return panel_.plot.left + panel_.plot.width * static_cast<double>(request - panel_.view.window.first) /
                                  static_cast<double>(panel_.view.window.requests());
  }

 private:
  const SvgPanel& panel_;
  double height_bytes_;
  std::vector<SeriesColumn> series_;
};

double nothing(const SeriesColumn&) {
  return 0;
}
double payload(const SeriesColumn& column) {
  return column.payload_bytes;
}
double inside(const SeriesColumn& column) {
  return column.payload_bytes + column.internal_bytes;
}
double heap(const SeriesColumn& column) {
  return column.heap_bytes;
}
std::uint64_t most_heap(const SeriesColumn& column) {
  return column.most_heap_bytes;
}
std::uint64_t most_payload(const SeriesColumn& column) {
  return column.most_payload_bytes;
}

// On a light seam, so that it is seen on any colour.
void line(const SvgPanel& panel, const Points& points, std::string_view css_class) {
  panel.page.path(path_of(points, false), "halo");
  panel.page.path(path_of(points, false), css_class);
}

void axes(const SvgPanel& panel, std::uint64_t height_bytes) {
  panel.page.byte_axis(panel.plot, height_bytes);
  panel.page.request_axis(panel.plot, panel.view.window);
  panel.page.rect(panel.plot, "frame");
}

}  // namespace

void draw_carpet(const SvgPanel& panel) {
  const AddressAxis axis = common_axis(panel.view);
  panel.page.cells(panel.plot,
                   carpet_of(*panel.subject.history,
                             {panel.view.window, axis, panel.detail.columns, panel.detail.cell_rows}));
  const SeriesPlot plot(panel, axis.height);
  if (!plot.empty()) {
    line(panel, plot.steps(most_payload), "packed-line");
    line(panel, plot.steps(most_heap), "heap-line");
  }
  axes(panel, axis.height);
}

void draw_curves(const SvgPanel& panel) {
  const std::uint64_t height = common_heap_bytes(panel.view);
  const SeriesPlot plot(panel, height);
  panel.page.rect(panel.plot, "unrequested");
  if (!plot.empty()) {
    plot.area(nothing, most_payload, "payload");
    line(panel, plot.steps(most_heap), "heap-line");
  }
  axes(panel, height);
}

void draw_share(const SvgPanel& panel) {
  const std::uint64_t height = common_heap_bytes(panel.view);
  const SeriesPlot plot(panel, height);
  panel.page.rect(panel.plot, "unrequested");
  if (!plot.empty()) {
    plot.area(inside, heap, "hole");
    plot.area(payload, inside, "overhead");
    plot.area(nothing, payload, "payload");
  }
  axes(panel, height);
}

// A row of cells for each size of holes that there is, as a grid whose darkest cell is an eighth of the heap.
void draw_holes(const SvgPanel& panel) {
  const auto [least, most] = hole_classes(panel.view);
  const SeriesPlot plot(panel, 1);
  CellGrid grid{.columns = panel.detail.columns, .rows = least > most ? 1 : most - least + 1};
  grid.cells.assign(grid.columns * grid.rows, {.unrequested = 1});
  const auto heap_bytes = static_cast<double>(common_heap_bytes(panel.view));
  const double across = static_cast<double>(grid.columns) / panel.plot.width;
  for (const SeriesColumn& column : plot.series()) {
    const auto begin = static_cast<std::size_t>((plot.x_of(column.requests.first) - panel.plot.left) * across);
    const auto end = static_cast<std::size_t>((plot.x_of(column.requests.last + 1) - panel.plot.left) * across);
    for (std::size_t x = begin; x < std::min(end, grid.columns); ++x) {
      for (std::size_t i = least; i <= most; ++i) {
        const double share = std::min(1.0, column.hole_bytes[i] / heap_bytes / kDarkestHole);
        grid.cells[x * grid.rows + i - least] = {.payload = share, .unrequested = 1 - share};
      }
    }
  }
  panel.page.cells(panel.plot, grid);
  const double row = panel.plot.height / static_cast<double>(grid.rows);
  for (std::size_t i = least; i <= most; ++i) {
    const double middle = panel.plot.bottom() - row * (static_cast<double>(i - least) + 0.5);
    // On a narrow screen, where letters are larger, there is room for every second one.
    const std::string_view css_class = (i - least) % 2 == 0 ? "end" : "end minor";
    panel.page.text(panel.plot.left - 8, middle + 4.5, css_class, tick_text(std::uint64_t{1} << (i - 1)));
  }
  panel.page.request_axis(panel.plot, panel.view.window);
  panel.page.rect(panel.plot, "frame");
}

}  // namespace heapjudge
