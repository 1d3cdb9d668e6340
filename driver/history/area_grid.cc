// Differences at corners in, running sums out.
#include "history/area_grid.h"

#include <algorithm>

#include "check.h"

namespace heapjudge {

AreaGrid::AreaGrid(const GridFrame& frame)
    : frame_(frame),
      width_(frame.area.right - frame.area.left),
      height_(frame.area.top - frame.area.bottom),
      stride_(frame.rows + 2),
      differences_((frame.columns + 2) * (frame.rows + 2)) {
  ensure(frame.area.left < frame.area.right && frame.area.bottom < frame.area.top, "grid: an empty frame");
  ensure(frame.columns > 0 && frame.rows > 0, "grid: no cells");
}

AreaGrid::Edge AreaGrid::edge_at(std::uint64_t distance, std::size_t cells, std::uint64_t extent) {
  const Area position = Area{distance} * cells;
  if (position <= UINT64_MAX) [[likely]] {  // a much faster division
    const auto small = static_cast<std::uint64_t>(position);
    return {small / extent, extent - small % extent, small % extent};
  }
  const auto outside = static_cast<std::uint64_t>(position % extent);
  return {static_cast<std::size_t>(position / extent), extent - outside, outside};
}

void AreaGrid::add_corner(const Edge& across, const Edge& upward, bool negative) {
  const auto enter = [&](std::size_t column, std::size_t row, Area area) {
    differences_[column * stride_ + row] += negative ? Area{0} - area : area;
  };
  enter(across.cell, upward.cell, Area{across.inside} * upward.inside);
  enter(across.cell, upward.cell + 1, Area{across.inside} * upward.outside);
  enter(across.cell + 1, upward.cell, Area{across.outside} * upward.inside);
  enter(across.cell + 1, upward.cell + 1, Area{across.outside} * upward.outside);
}

void AreaGrid::add(const Rectangle& rectangle) {
  const Rectangle& frame = frame_.area;
  const std::uint64_t left = std::max(rectangle.left, frame.left);
  const std::uint64_t right = std::min(rectangle.right, frame.right);
  const std::uint64_t bottom = std::max(rectangle.bottom, frame.bottom);
  const std::uint64_t top = std::min(rectangle.top, frame.top);
  if (left >= right || bottom >= top) return;
  const Edge begin = edge_at(left - frame.left, frame_.columns, width_);
  const Edge end = edge_at(right - frame.left, frame_.columns, width_);
  const Edge low = edge_at(bottom - frame.bottom, frame_.rows, height_);
  const Edge high = edge_at(top - frame.bottom, frame_.rows, height_);
  add_corner(begin, low, false);
  add_corner(begin, high, true);
  add_corner(end, low, true);
  add_corner(end, high, false);
}

std::vector<AreaGrid::Area> AreaGrid::areas() const {
  std::vector<Area> result;
  result.reserve(frame_.columns * frame_.rows);
  std::vector<Area> across(frame_.rows);
  for (std::size_t column = 0; column < frame_.columns; ++column) {
    Area upward = 0;
    for (std::size_t row = 0; row < frame_.rows; ++row) {
      across[row] += differences_[column * stride_ + row];
      upward += across[row];
      result.push_back(upward);
    }
  }
  return result;
}

}  // namespace heapjudge
