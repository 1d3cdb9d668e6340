// The heap after one request, and a row for each of a few: what has addresses to the right.
#include <fmt/format.h>

#include <algorithm>

#include "history/heap_map.h"
#include "reports/heap_scale.h"
#include "reports/heap_svg.h"
#include "reports/numbers.h"
#include "reports/request_text.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMapColumns = 128;
constexpr std::size_t kMapRows = 28;
constexpr std::size_t kLabelledRows = 4;  // every so many

std::string_view class_of(const Stretch& stretch, const RequestSpan& window) {
  switch (stretch.use) {
    case HeapUse::kOverhead:
      return "overhead";
    case HeapUse::kFree:
      return "hole";
    case HeapUse::kPayload:
      break;
  }
  return is_of_window(*stretch.block, window) ? "payload" : "alive";
}

}  // namespace

void draw_map(const SvgPanel& panel) {
  const MapScale scale = map_scale(panel.view, kMapColumns, kMapRows);
  std::vector<MapCell> cells;
  if (panel.subject.history->requests() >= panel.view.at) {
    cells = cells_of(map_at(*panel.subject.history, panel.view.at), scale.cell_bytes);
  }
  const MapPage page(cells, scale);
  CellGrid grid{.columns = kMapColumns, .rows = std::max<std::size_t>(1, page.rows().size())};
  grid.cells.assign(grid.columns * grid.rows, {.unrequested = 1});
  for (const MapCell& cell : cells) {
    const auto [column, row] = page.place_of(cell.offset);
    grid.cells[column * grid.rows + (grid.rows - 1 - row)] = cell.shares;
  }
  panel.page.cells(panel.plot, grid);
  const double height = panel.plot.height / static_cast<double>(grid.rows);
  for (std::size_t row = 0; row < page.rows().size(); row += kLabelledRows) {
    const double middle = panel.plot.top + height * (static_cast<double>(row) + 0.5);
    panel.page.text(panel.plot.left - 8, middle + 4.5, "end", heap_offset(page.rows()[row]));
  }
  panel.page.text(
      panel.plot.left, panel.plot.bottom() + 20, "",
      fmt::format("a row is {}, the lowest address first", size_text(scale.cell_bytes * kMapColumns)));
  panel.page.rect(panel.plot, "frame");
}

void draw_strip(const SvgPanel& panel) {
  const HeapHistory& history = *panel.subject.history;
  const RequestSpan& window = panel.view.window;
  const AddressAxis axis = common_axis(panel.view);
  const HeapRange focus = focus_of(panel.view);
  const double row = panel.plot.height / static_cast<double>(window.requests());
  const auto x_of = [&](std::uint64_t offset) {
    const std::uint64_t inside = std::clamp(offset, focus.offset, focus.end()) - focus.offset;
    return panel.plot.left +
           panel.plot.width * static_cast<double>(inside) / static_cast<double>(focus.bytes);
  };
  panel.page.rect(panel.plot, "unrequested");
  for (std::size_t request = window.first; request <= std::min(window.last, history.requests()); ++request) {
    const double top = panel.plot.top + row * static_cast<double>(request - window.first);
    for (const Stretch& stretch : on_axis(map_at(history, request), axis)) {
      const double left = x_of(stretch.offset);
      const double width = x_of(stretch.offset + stretch.bytes) - left;
      if (width > 0) panel.page.rect({left, top + 1, width, row - 2}, class_of(stretch, window));
    }
    panel.page.text(
        panel.plot.left - 8, top + row - 4, "end row",
        "#" + std::to_string(request) + " " + trace_line_of(panel.view.trace.requests()[request - 1]));
  }
  panel.page.text(panel.plot.left, panel.plot.bottom() + 20, "", heap_offset(focus.offset));
  panel.page.text(panel.plot.right(), panel.plot.bottom() + 20, "end", heap_offset(focus.end()));
  panel.page.rect(panel.plot, "frame");
}

}  // namespace heapjudge
