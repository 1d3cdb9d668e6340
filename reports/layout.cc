// Measures and breaks lines of UTF-8.
#include "reports/layout.h"

#include <algorithm>
#include <array>
#include <utility>

#include "reports/printable.h"

namespace heapjudge {
namespace {

struct CodeRange {
  char32_t first;
  char32_t last;
};
constexpr std::array<CodeRange, 9> kWide{{{0x1100, 0x115f},
                                          {0x2e80, 0x303e},
                                          {0x3041, 0xa4cf},
                                          {0xac00, 0xd7a3},
                                          {0xf900, 0xfaff},
                                          {0xfe30, 0xfe6f},
                                          {0xff00, 0xff60},
                                          {0x1f300, 0x1faff},
                                          {0x20000, 0x3fffd}}};
constexpr std::array<CodeRange, 4> kZeroWidth{
    {{0x300, 0x36f}, {0x200b, 0x200d}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}}};

template <std::size_t n>
bool lies_in(char32_t c, const std::array<CodeRange, n>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [c](CodeRange r) { return c >= r.first && c <= r.last; });
}

std::size_t width_of_one(const Utf8Step& step) {
  if (step.valid && lies_in(step.code_point, kZeroWidth)) return 0;
  return step.valid && lies_in(step.code_point, kWide) ? 2 : 1;
}

// The bytes of the longest start of `text` that fits.
std::size_t bytes_that_fit(std::string_view text, std::size_t columns) {
  std::size_t bytes = 0;
  std::size_t width = 0;
  while (bytes < text.size()) {
    const Utf8Step step = next_code_point(text.substr(bytes));
    width += width_of_one(step);
    if (width > columns) break;
    bytes += step.bytes;
  }
  return bytes;
}

// Where to break: the end of the line and the start of the next.
struct Break {
  std::size_t end;
  std::size_t next;
};

Break break_of(std::string_view text, std::size_t columns) {
  if (text.empty()) return {0, 0};
  const std::size_t fits = std::max(bytes_that_fit(text, columns), next_code_point(text).bytes);
  if (fits == text.size()) return {fits, fits};
  const std::size_t space = text.rfind(' ', fits);
  if (space == std::string_view::npos || text.find_first_not_of(' ') > space) return {fits, fits};
  const std::size_t next = std::min(text.find_first_not_of(' ', space), text.size());
  return {text.find_last_not_of(' ', space) + 1, next};
}

}  // namespace

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Utf8Step step = next_code_point(text);
    width += width_of_one(step);
    text.remove_prefix(step.bytes);
  }
  return width;
}

std::string clipped(std::string_view text, std::size_t columns, bool unicode) {
  if (width_of(text) <= columns) return std::string(text);
  const std::string_view ellipsis = unicode ? "…" : "..";
  const std::size_t room = columns > width_of(ellipsis) ? columns - width_of(ellipsis) : 0;
  return std::string(text.substr(0, bytes_that_fit(text, room))) + std::string(room > 0 ? ellipsis : "");
}

std::string left_aligned(std::string_view text, std::size_t columns) {
  const std::size_t width = width_of(text);
  return std::string(text) + std::string(width < columns ? columns - width : 0, ' ');
}

std::string right_aligned(std::string_view text, std::size_t columns) {
  const std::size_t width = width_of(text);
  return std::string(width < columns ? columns - width : 0, ' ') + std::string(text);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns, std::size_t indent) {
  indent = std::min(indent, columns / 2);
  std::vector<std::string> lines;
  do {
    const std::size_t margin = lines.empty() ? 0 : indent;
    const Break at = break_of(text, columns - margin);
    lines.push_back(std::string(margin, ' ') + std::string(text.substr(0, at.end)));
    text.remove_prefix(at.next);
  } while (!text.empty());
  return lines;
}

std::vector<std::string> laid_out(const std::vector<std::string>& parts, const PartLayout& layout) {
  std::vector<std::string> rows;
  for (const std::string& part : parts) {
    const bool fits =
        !rows.empty() && width_of(rows.back()) + width_of(layout.between) + width_of(part) <= layout.columns;
    if (fits) {
      rows.back().append(layout.between).append(part);
    } else {
      rows.push_back(std::string(rows.empty() ? 0 : layout.indent, ' ') + part);
    }
  }
  std::vector<std::string> lines;
  for (const std::string& row : rows) {
    for (std::string& line : wrapped(row, layout.columns, layout.indent + 2))
      lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace heapjudge
