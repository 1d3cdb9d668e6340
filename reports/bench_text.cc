#include <fmt/format.h>

#include <algorithm>

#include "reports/bench.h"
#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::size_t kNarrowest = 9;  // of an allocator's column
constexpr std::size_t kGap = 2;

using CellText = std::string (*)(const BenchCell&);

std::string utilization_text(const BenchCell& cell) {
  return cell.utilization ? percent(*cell.utilization) : cell.failure.empty() ? "-" : "fails";
}

std::string cell_speed_text(const BenchCell& cell) {
  if (!cell.speed) return cell.failure.empty() ? "-" : "fails";
  return speed_text(cell.speed->speed) + (cell.speed->steady ? "" : "?");
}

std::string mean_text(const BenchSheet& sheet, const BenchEntry& entry, const std::string& mean) {
  return entry.passed == sheet.traces.size() ? mean : mean + "*";
}

std::string name_of(Mean mean) {
  switch (mean) {
    case Mean::kArithmetic:
      return "arithmetic mean";
    case Mean::kHarmonic:
      return "harmonic mean";
    case Mean::kGeometric:
      return "geometric mean";
    case Mean::kTotal:
      return "all together";
  }
  return "mean";
}

std::size_t column_width(const BenchEntry& entry, const TextStyle& style) {
  return std::max(kNarrowest, width_of(printable(entry.name, style.unicode)));
}

std::size_t name_width(const BenchSheet& sheet) {
  std::size_t width = name_of(sheet.utilization_mean).size();
  for (const std::string& trace : sheet.traces) width = std::max(width, trace.size());
  return width;
}

std::string right(const std::string& text, std::size_t width) {
  const std::size_t taken = width_of(text);
  return std::string(taken < width ? width - taken : 0, ' ') + text;
}

std::string left(const std::string& text, std::size_t width) {
  const std::size_t taken = width_of(text);
  return text + std::string(taken < width ? width - taken : 0, ' ');
}

// The allocators that have cells, as many as a screen takes side by side.
std::vector<std::vector<const BenchEntry*>> bands(const BenchSheet& sheet, const TextStyle& style) {
  std::vector<std::vector<const BenchEntry*>> bands;
  std::size_t used = style.columns;
  for (const BenchEntry& entry : sheet.entries) {
    if (entry.cells.empty()) continue;
    const std::size_t width = column_width(entry, style) + kGap;
    if (used + width > style.columns) {
      bands.emplace_back();
      used = name_width(sheet) + kGap;
    }
    bands.back().push_back(&entry);
    used += width;
  }
  return bands;
}

struct Table {
  std::string title;
  CellText cell;
  std::string mean_name;
  std::string (*mean)(const BenchEntry&);
};

std::string table_text(const BenchSheet& sheet, const TextStyle& style, const Table& table) {
  std::string text;
  const std::size_t names = name_width(sheet);
  for (const auto& band : bands(sheet, style)) {
    text += "  " + left(table.title, names);
    for (const BenchEntry* entry : band) {
      text += right(printable(entry->name, style.unicode), column_width(*entry, style) + kGap);
    }
    text += "\n";
    for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
      text += "  " + left(printable(sheet.traces[i], style.unicode), names);
      for (const BenchEntry* entry : band) {
        text += right(table.cell(entry->cells[i]), column_width(*entry, style) + kGap);
      }
      text += "\n";
    }
    text += "  " + left(table.mean_name, names);
    for (const BenchEntry* entry : band) {
      text += right(mean_text(sheet, *entry, table.mean(*entry)), column_width(*entry, style) + kGap);
    }
    text += "\n\n";
  }
  return text;
}

std::string remarks(const BenchSheet& sheet, const TextStyle& style) {
  std::string text;
  const auto any = [&](auto is) { return std::ranges::any_of(sheet.entries, is); };
  if (any([&](const BenchEntry& e) { return !e.cells.empty() && e.passed < sheet.traces.size(); })) {
    text += "  *  of the traces that it passes\n";
  }
  const auto is_noisy = [](const BenchCell& cell) { return cell.speed && !cell.speed->steady; };
  if (any([&](const BenchEntry& e) { return std::ranges::any_of(e.cells, is_noisy); })) {
    text += "  ?  the machine was too noisy: its 95 % interval is wider than 5 %\n";
  }
  for (const BenchEntry& entry : sheet.entries) {
    const std::string name = printable(entry.name, style.unicode);
    if (!entry.failure.empty()) text += "  " + name + ": " + entry.failure + "\n";
    for (std::size_t i = 0; i < entry.cells.size(); ++i) {
      if (entry.cells[i].failure.empty()) continue;
      text += "  " + name + " fails " + printable(sheet.traces[i], style.unicode) + ": " +
              printable(entry.cells[i].failure, style.unicode) + "\n";
    }
  }
  return text.empty() ? text : text + "\n";
}

}  // namespace

std::string text_of(const BenchSheet& sheet, const TextStyle& style) {
  const Table utilization{"utilization in %", utilization_text, name_of(sheet.utilization_mean),
                          [](const BenchEntry& e) { return e.utilization ? percent(*e.utilization) : "-"; }};
  const Table speed{"speed", cell_speed_text, name_of(sheet.speed_mean),
                    [](const BenchEntry& e) { return e.speed ? speed_text(*e.speed) : "-"; }};
  return table_text(sheet, style, utilization) + "  speed: 1x is as fast as " + sheet.reference +
         ", by CPU time, without the loop's own\n" + table_text(sheet, style, speed) + remarks(sheet, style) +
         picture_of(sheet, style);
}

}  // namespace heapjudge
