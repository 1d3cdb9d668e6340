// The heap after one request, read like a page; and a row for each of a few requests.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "history/heap_map.h"
#include "reports/heap_chart.h"
#include "reports/heap_scale.h"
#include "reports/heap_text.h"
#include "reports/numbers.h"
#include "reports/request_text.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMapRows = 24;
constexpr std::size_t kFewestCells = 20;

using Marks = std::map<const BlockLife*, char>;

// A digit is the block's own number; the others are lettered.
Marks marks_of(const HeapHistory& history, const RequestSpan& window) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  Marks marks;
  std::map<BlockId, char> lettered;
  for (const BlockLife& life : history.blocks) {
    if (!is_of_window(life, window)) continue;
    if (life.block < 10) {
      marks[&life] = static_cast<char>('0' + life.block);
    } else {
      const char letter = kLetters[lettered.size() % kLetters.size()];
      marks[&life] = lettered.try_emplace(life.block, letter).first->second;
    }
  }
  return marks;
}

// What the cells of a strip are.
struct StripScale {
  HeapRange focus;
  std::uint64_t cell_bytes = 1;
};

// What lies in the middle of each cell.
std::string strip_row(const std::vector<Stretch>& map, const StripScale& scale, const Marks& marks) {
  std::string row;
  auto stretch = map.begin();
  for (std::uint64_t at = scale.focus.offset + scale.cell_bytes / 2; at < scale.focus.end();
       at += scale.cell_bytes) {
    while (stretch != map.end() && stretch->offset + stretch->bytes <= at) ++stretch;
    if (stretch == map.end() || at < stretch->offset) {
      row += ' ';
    } else if (stretch->use != HeapUse::kPayload) {
      row += '.';
    } else {
      const auto mark = marks.find(stretch->block);
      row += mark == marks.end() ? '#' : mark->second;
    }
  }
  return row.substr(0, row.find_last_not_of(' ') + 1);
}

std::size_t widest_line(const HeapView& view) {
  std::size_t width = 0;
  for (std::size_t request = view.window.first; request <= view.window.last; ++request) {
    width = std::max(width, trace_line_of(view.trace.requests()[request - 1]).size());
  }
  return width;
}

}  // namespace

std::string map_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style) {
  const MapScale scale = map_scale(view, chart_columns(style), kMapRows);
  const auto cells = cells_of(map_at(*subject.history, view.at), scale.cell_bytes);
  const MapPage page(cells, scale);
  Chart chart(scale.columns, page.rows().size());
  const auto from_below = [&](std::size_t row) { return chart.rows() - 1 - row; };
  for (std::size_t row = 0; row < chart.rows(); ++row)
    chart.label(from_below(row), heap_offset(page.rows()[row]));
  for (const MapCell& cell : cells) {
    const auto [column, row] = page.place_of(cell.offset);
    chart.at(column, from_below(row)) = glyph_of(cell.shares);
  }
  return chart.text(style) + fmt::format("          one character is {}\n", bytes_text(scale.cell_bytes));
}

std::string strip_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style) {
  const HeapHistory& history = *subject.history;
  const Marks marks = marks_of(history, view.window);
  const AddressAxis axis = common_axis(view);
  const HeapRange focus = focus_of(view);
  const std::size_t number = std::to_string(view.window.last).size() + 1;
  const std::size_t width = widest_line(view);
  const std::size_t head = 2 + number + 1 + width + 2;
  const std::size_t room = style.columns > head ? std::min(kChartColumns, style.columns - head) : 0;
  const std::size_t cells = std::max(kFewestCells, room);
  const StripScale scale{focus, (focus.bytes + cells - 1) / cells};
  std::string text;
  for (std::size_t request = view.window.first; request <= std::min(view.window.last, history.requests());
       ++request) {
    text += fmt::format("  {:>{}} {:<{}}  {}\n", "#" + std::to_string(request), number,
                        trace_line_of(view.trace.requests()[request - 1]), width,
                        strip_row(on_axis(map_at(history, request), axis), scale, marks));
  }
  return text + fmt::format("  from {} on; one character is {}\n", heap_offset(focus.offset),
                            bytes_text(scale.cell_bytes));
}

}  // namespace heapjudge
