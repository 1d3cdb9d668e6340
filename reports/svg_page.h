// An SVG file under construction: its page, its colours for light and dark, and plots with axes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "history/carpet.h"
#include "history/cell_shares.h"

namespace heapjudge {

std::string escaped_xml(std::string_view text);  // printable, and safe in text and in attributes

struct Box {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;

  double right() const { return left + width; }
  double bottom() const { return top + height; }
};

// Classes of marks: "payload", "overhead", "hole", "unrequested" fill; "heap-line", "packed-line", "grid" are
// strokes.
struct LegendEntry {
  std::string_view css_class;
  std::string_view text;
  bool is_line = false;
};

class SvgPage {
 public:
  static constexpr double kWidth = 720;

  static constexpr int kAllShades = 255;

  // Ids inside begin with `id`, so that several pages fit into one document. Cells are mixed in so many steps: fewer make
  // a smaller file, and an even number leaves a half what it is.
  explicit SvgPage(double height, std::string id = "", int shades = kAllShades)
      : height_(height), id_(std::move(id)), shades_(shades) {}

  void text(double x, double y, std::string_view css_class, std::string_view raw);
  void rect(const Box& box, std::string_view css_class);
  void path(std::string_view data, std::string_view css_class);

  void legend(double top, const std::vector<LegendEntry>& entries);
  void byte_axis(const Box& plot, std::uint64_t height_bytes);
  void request_axis(const Box& plot, const RequestSpan& window);
  void tick(const Box& plot, double y, std::string_view label);  // of the axis at the left, with a line across

  // Every cell in the mix of colours that it is made of, whatever the colours are.
  void cells(const Box& plot, const CellGrid& grid);

  // A file of its own.
  std::string finish(std::string_view title, std::string_view description) const;

  // A part of an HTML document whose style sheet (reports/viewer/report.css) gives the classes their colours.
  std::string finish_inline(std::string_view title) const;

 private:
  template <typename Share>
  void layer(const Box& plot, std::string_view css_class, const CellGrid& grid, Share share);

  double height_;
  std::string id_;
  int shades_;
  std::string body_;
  std::size_t masks_ = 0;
};

// "M1 2.5L3 4H5": a polygon or a line of points.
std::string path_of(const std::vector<std::pair<double, double>>& points, bool closed);

}  // namespace heapjudge
