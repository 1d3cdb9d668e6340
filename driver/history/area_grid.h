// How much of each cell of a grid a set of rectangles covers, exactly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heapjudge {

// Half open in both directions: [left, right) by [bottom, top).
struct Rectangle {
  std::uint64_t left = 0;
  std::uint64_t right = 0;
  std::uint64_t bottom = 0;
  std::uint64_t top = 0;
};

struct GridFrame {
  Rectangle area;  // that the cells divide evenly; not empty
  std::size_t columns = 1;
  std::size_t rows = 1;
};

// Theory of operation. What a rectangle covers of a cell is the product of what it covers across and upward,
// and each of these steps up at one edge and down at the other. So a rectangle is entered as differences at
// its four corners, two cells wide because an edge may lie inside of a cell, and two running sums at the end
// make areas of them: the cost of a rectangle does not depend on its size. All of it is whole numbers: a
// column is `width` units wide when the frame is `width` units times `columns` wide, so every edge is a whole
// number of them.
class AreaGrid {
 public:
  using Area =
      unsigned __int128;  // the frame may be 2^47 bytes by 2^40 requests, in units of a cell's fractions

  explicit AreaGrid(const GridFrame& frame);

  void add(const Rectangle& rectangle);  // what lies outside of the frame is left out

  Area cell_area() const { return Area{width_} * height_; }

  // What the rectangles cover of each cell, column by column, from the bottom up; overlaps count twice.
  std::vector<Area> areas() const;

 private:
  struct Edge {
    std::size_t cell;
    std::uint64_t inside;   // of the first cell, how much lies beyond the edge
    std::uint64_t outside;  // how much does not
  };
  static Edge edge_at(std::uint64_t distance, std::size_t cells, std::uint64_t extent);
  void add_corner(const Edge& across, const Edge& upward, bool negative);

  GridFrame frame_;
  std::uint64_t width_;   // of a cell, and of the frame in requests
  std::uint64_t height_;  // likewise, in bytes
  std::size_t stride_;
  std::vector<Area> differences_;
};

}  // namespace heapjudge
