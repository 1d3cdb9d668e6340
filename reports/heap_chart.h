// A chart of characters: a plot with its axes. What the text pictures of a heap have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "history/carpet.h"
#include "reports/paint.h"
#include "reports/report.h"

namespace heapjudge {

inline constexpr std::size_t kChartColumns = 88;
inline constexpr std::size_t kChartRows = 14;
inline constexpr std::size_t kChartMargin = 10;  // left of the plot: "   512 K |"

// Columns of a plot on a screen of this width.
std::size_t chart_columns(const TextStyle& style);

enum class Ink : std::uint8_t { kPlain, kPayload, kOverhead, kHole, kLine };

struct Glyph {
  std::string_view unicode = " ";
  char ascii = ' ';
  Ink ink = Ink::kPlain;

  friend bool operator==(const Glyph&, const Glyph&) = default;
};

// By how much of it is payload, as far as the heap reaches; blank when it reaches over less than half.
Glyph glyph_of(const CellShares& shares);

// From a share of the whole: nothing, and four shades.
Glyph shade_of(double share);

class Chart {
 public:
  Chart(std::size_t columns, std::size_t rows) : columns_(columns), glyphs_(columns * rows), labels_(rows) {}

  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return labels_.size(); }
  Glyph& at(std::size_t column, std::size_t row) {
    return glyphs_[row * columns_ + column];
  }  // from the bottom up
  void label(std::size_t row, std::string text) { labels_[row] = std::move(text); }

  // The ticks of a byte axis that ends at the top of the plot.
  void label_bytes(std::uint64_t height_bytes);

  // The row in which this height lies; the uppermost for what is higher.
  std::size_t row_of(double bytes, std::uint64_t height_bytes) const;

  std::string text(const TextStyle& style) const;

 private:
  std::size_t columns_;
  std::vector<Glyph> glyphs_;
  std::vector<std::string> labels_;
};

// "          #1            #500            #1 000": below a plot of so many columns.
std::string request_axis(const RequestSpan& window, std::size_t columns);

}  // namespace heapjudge
