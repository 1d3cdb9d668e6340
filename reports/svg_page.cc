// Colours differ in lightness, not in hue alone; narrow screens get larger letters and fewer of them.
#include "reports/svg_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/heap_axis.h"
#include "reports/png.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark}
text{font:13px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:#1f2328}
.title{font-weight:600;font-size:15px}.quiet{fill:#59636e}.end{text-anchor:end}.middle{text-anchor:middle}
.page{fill:#fff}.payload{fill:#1d4f91}.overhead{fill:#e39a2d}.hole{fill:#efc4bb}.unrequested{fill:#f1f3f5}
.alive{fill:#5b8fd0}.grid,.heap-line,.packed-line,.halo,.frame{fill:none}
.grid{stroke:#1f2328;stroke-opacity:.16}.frame{stroke:#59636e}
.heap-line{stroke:#1f2328;stroke-width:1.6}.packed-line{stroke:#1f2328;stroke-width:1.6;stroke-dasharray:5 3}
.halo{stroke:#fff;stroke-width:4;stroke-opacity:.75}
.row{font:12px ui-monospace,"DejaVu Sans Mono",monospace}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.quiet{fill:#9198a1}.page{fill:#0d1117}.payload{fill:#79b8ff}
.overhead{fill:#b9770e}.hole{fill:#6b3a3a}.unrequested{fill:#161b22}.alive{fill:#316dca}
.grid{stroke:#e6edf3}.frame{stroke:#9198a1}.heap-line,.packed-line{stroke:#f0f6fc}.halo{stroke:#0d1117}}
@media(max-width:500px){text{font-size:18px}.title{font-size:20px}.minor{display:none}}
@media print{.page{fill:#fff}}
)";

constexpr std::size_t kFewestPixelColumns = 616;
constexpr std::size_t kFewestPixelRows = 224;
constexpr std::size_t kByteTicks = 5;
constexpr std::size_t kRequestTicks = 6;

std::uint8_t level_of(double share) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(share, 0.0, 1.0) * 255));
}

// Of the cells from the top down, as images are. Few cells are repeated, because viewers blur an image that
// they enlarge.
template <typename Share>
std::string mask_of(const CellGrid& grid, int shades, Share share) {
  const std::size_t across = std::max<std::size_t>(1, kFewestPixelColumns / grid.columns);
  const std::size_t down = std::max<std::size_t>(1, kFewestPixelRows / grid.rows);
  std::vector<std::uint8_t> pixels;
  pixels.reserve(grid.cells.size() * across * down);
  for (std::size_t row = grid.rows; row-- > 0;) {
    std::vector<std::uint8_t> line;
    for (std::size_t column = 0; column < grid.columns; ++column) {
      line.insert(line.end(), across, level_of(std::round(share(grid.at(column, row)) * shades) / shades));
    }
    for (std::size_t i = 0; i < down; ++i) pixels.insert(pixels.end(), line.begin(), line.end());
  }
  return png_of(grid.columns * across, grid.rows * down, pixels);
}

std::string placed(const Box& box) {
  return fmt::format("x=\"{:.5g}\" y=\"{:.5g}\" width=\"{:.5g}\" height=\"{:.5g}\"", box.left, box.top,
                     box.width, box.height);
}

}  // namespace

std::string escaped_xml(std::string_view text) {
  std::string safe;
  for (const char byte : printable(text)) {
    switch (byte) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += byte;
    }
  }
  return safe;
}

std::string path_of(const std::vector<std::pair<double, double>>& points, bool closed) {
  std::string data;
  std::pair<double, double> last;
  for (const auto& point : points) {
    const auto [x, y] = point;
    if (data.empty()) {
      data = fmt::format("M{:.5g} {:.5g}", x, y);
    } else if (y == last.second) {
      data += fmt::format("H{:.5g}", x);
    } else if (x == last.first) {
      data += fmt::format("V{:.5g}", y);
    } else {
      data += fmt::format("L{:.5g} {:.5g}", x, y);
    }
    last = point;
  }
  return closed ? data + "Z" : data;
}

void SvgPage::text(double x, double y, std::string_view css_class, std::string_view raw) {
  body_ += fmt::format("<text x=\"{:.5g}\" y=\"{:.5g}\" class=\"{}\">{}</text>\n", x, y, css_class,
                       escaped_xml(raw));
}

void SvgPage::rect(const Box& box, std::string_view css_class) {
  body_ += fmt::format("<rect {} class=\"{}\"/>\n", placed(box), css_class);
}

void SvgPage::path(std::string_view data, std::string_view css_class) {
  body_ += fmt::format("<path d=\"{}\" class=\"{}\"/>\n", data, css_class);
}

// Two columns, so that letters may grow on a narrow screen.
void SvgPage::legend(double top, const std::vector<LegendEntry>& entries) {
  constexpr double kColumn = 340;
  constexpr double kLine = 22;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const double left = 20 + kColumn * static_cast<double>(i % 2);
    const double y = top + kLine * static_cast<double>(i / 2);
    if (entries[i].is_line) {
      path(path_of({{left, y + 6}, {left + 22, y + 6}}, false), entries[i].css_class);
    } else {
      rect({left, y, 22, 12}, std::string(entries[i].css_class));
      rect({left, y, 22, 12}, "frame");
    }
    text(left + 30, y + 11, "", entries[i].text);
  }
}

void SvgPage::byte_axis(const Box& plot, std::uint64_t height_bytes) {
  for (const std::uint64_t tick : byte_ticks(height_bytes, kByteTicks)) {
    const double y =
        plot.bottom() - plot.height * static_cast<double>(tick) / static_cast<double>(height_bytes);
    this->tick(plot, y, tick_text(tick));
  }
}

void SvgPage::tick(const Box& plot, double y, std::string_view label) {
  path(path_of({{plot.left - 4, y}, {plot.right(), y}}, false), "grid");
  text(plot.left - 8, y + 4.5, "end", label);
}

void SvgPage::request_axis(const Box& plot, const RequestSpan& window) {
  const auto ticks = request_ticks(window, kRequestTicks);
  for (const std::size_t tick : ticks) {
    const bool is_first = tick == ticks.front();
    const bool is_last = tick == ticks.back() && !is_first;
    const double done = static_cast<double>(tick - window.first) + (is_last ? 1.0 : 0.0);
    const double x = plot.left + plot.width * done / static_cast<double>(window.requests());
    path(path_of({{x, plot.bottom()}, {x, plot.bottom() + 5}}, false), "frame");
    text(x, plot.bottom() + 20, is_first ? "" : is_last ? "end" : "middle minor", request_text(tick));
  }
}

template <typename Share>
void SvgPage::layer(const Box& plot, std::string_view css_class, const CellGrid& grid, Share share) {
  const std::string id = id_ + "mask" + std::to_string(++masks_);
  body_ += fmt::format(
      "<mask id=\"{}\" maskUnits=\"userSpaceOnUse\" {}><image {} preserveAspectRatio=\"none\" "
      "href=\"data:image/png;base64,{}\"/></mask>\n<rect {} class=\"{}\" mask=\"url(#{})\"/>\n",
      id, placed(plot), placed(plot), base64_of(mask_of(grid, shades_, share)), placed(plot), css_class, id);
}

// Laid one over the other, each layer lets through what those above it leave: so the shares of the colours
// are those of the cell.
void SvgPage::cells(const Box& plot, const CellGrid& grid) {
  rect(plot, "unrequested");
  const auto part = [](double share, double whole) { return whole <= 0 ? 0.0 : share / whole; };
  layer(plot, "hole", grid, [&](const CellShares& cell) { return part(cell.free, cell.free + cell.unrequested); });
  layer(plot, "overhead", grid, [&](const CellShares& cell) { return part(cell.overhead, 1 - cell.payload); });
  layer(plot, "payload", grid, [](const CellShares& cell) { return cell.payload; });
}

std::string SvgPage::finish(std::string_view title, std::string_view description) const {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {:.5g}\" role=\"img\" "
      "aria-labelledby=\"title "
      "description\">\n<title id=\"title\">{}</title>\n<desc "
      "id=\"description\">{}</desc>\n<style>{}</style>\n"
      "<rect width=\"100%\" height=\"100%\" class=\"page\"/>\n{}</svg>\n",
      kWidth, height_, escaped_xml(title), escaped_xml(description), kStyle, body_);
}

std::string SvgPage::finish_inline(std::string_view title) const {
  return fmt::format(
      "<svg class=\"picture\" viewBox=\"0 0 {} {:.5g}\" role=\"img\" aria-labelledby=\"{}title\">\n"
      "<title id=\"{}title\">{}</title>\n{}</svg>\n",
      kWidth, height_, id_, id_, escaped_xml(title), body_);
}

}  // namespace heapjudge
