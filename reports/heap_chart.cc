// Characters row by row; runs of one ink are painted at once.
#include "reports/heap_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/heap_axis.h"

namespace heapjudge {
namespace {

constexpr std::size_t kFewestColumns = 20;
constexpr std::size_t kByteTicks = 5;
constexpr std::size_t kColumnsPerTick = 18;

constexpr Glyph kFull{"█", '#', Ink::kPayload};
constexpr Glyph kDense{"▓", '%', Ink::kPayload};
constexpr Glyph kMedium{"▒", '+', Ink::kPayload};
constexpr Glyph kThin{"░", '-', Ink::kPayload};

std::string painted(const std::string& text, Ink ink, const Paint& paint) {
  switch (ink) {
    case Ink::kPlain:
      return text;
    case Ink::kPayload:
      return paint.good(text);
    case Ink::kOverhead:
      return paint.doubtful(text);
    case Ink::kHole:
      return paint.bad(text);
    case Ink::kLine:
      return paint.strong(text);
  }
  return text;
}

}  // namespace

std::size_t chart_columns(const TextStyle& style) {
  const std::size_t room = style.columns > kChartMargin ? style.columns - kChartMargin : 0;
  return std::clamp(room, kFewestColumns, kChartColumns);
}

Glyph glyph_of(const CellShares& shares) {
  const double heap = 1 - shares.unrequested;
  if (heap < 0.5) return {};
  const double payload = shares.payload / heap;
  if (payload >= 0.96) return kFull;
  if (payload >= 0.65) return kDense;
  if (payload >= 0.35) return kMedium;
  if (payload >= 0.04) return kThin;
  return shares.overhead > shares.free ? Glyph{":", ':', Ink::kOverhead} : Glyph{"·", '.', Ink::kHole};
}

Glyph shade_of(double share) {
  if (share >= 0.125) return kFull;
  if (share >= 0.03125) return kDense;
  if (share >= 0.0078125) return kMedium;
  return share > 0.0005 ? kThin : Glyph{};
}

std::size_t Chart::row_of(double bytes, std::uint64_t height_bytes) const {
  const double row = std::floor(bytes * static_cast<double>(rows()) / static_cast<double>(height_bytes));
  return std::min(rows() - 1, static_cast<std::size_t>(std::max(0.0, row)));
}

void Chart::label_bytes(std::uint64_t height_bytes) {
  for (const std::uint64_t tick : byte_ticks(height_bytes, kByteTicks)) {
    label(row_of(static_cast<double>(tick), height_bytes), tick_text(tick));
  }
}

std::string Chart::text(const TextStyle& style) const {
  const Paint paint(style.colour);
  std::string text;
  for (std::size_t row = rows(); row-- > 0;) {
    text += fmt::format("{:>8} |", labels_[row]);
    const auto line = glyphs_.begin() + static_cast<std::ptrdiff_t>(row * columns_);
    auto end = line + static_cast<std::ptrdiff_t>(columns_);
    while (end != line && *(end - 1) == Glyph{}) --end;
    for (auto at = line; at != end;) {
      const Ink ink = at->ink;
      std::string run;
      for (; at != end && at->ink == ink; ++at)
        run += style.unicode ? std::string(at->unicode) : std::string(1, at->ascii);
      text += painted(run, ink, paint);
    }
    text += "\n";
  }
  return text;
}

std::string request_axis(const RequestSpan& window, std::size_t columns) {
  std::string line(kChartMargin + columns, ' ');
  std::size_t free_from = 0;
  for (const std::size_t tick : request_ticks(window, std::max<std::size_t>(2, columns / kColumnsPerTick))) {
    const std::string label = request_text(tick);
    const std::size_t column = (tick - window.first) * columns / window.requests();
    const std::size_t at = std::min(kChartMargin + column, line.size() - label.size());
    if (at < free_from) continue;
    line.replace(at, label.size(), label);
    free_from = at + label.size() + 1;
  }
  return std::string(kChartMargin - 1, ' ') + "+" + std::string(columns, '-') + "\n" +
         line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

}  // namespace heapjudge
