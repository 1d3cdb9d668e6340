// How far the points of the throughput are known, when the speeds of the traces are known to some intervals.
#pragma once

#include <span>
#include <vector>

#include "judge/measurement.h"
#include "judge/scoring.h"

namespace heapjudge {

struct WeighedSpeed {
  Measurement measurement;
  double weight = 1;  // above 0
};

// For each speed: by how many points the throughput's part of the score would be greater if that speed, and no other,
// were at the upper end of its interval instead of the lower. Where both halves earn a geometric mean, as if the other
// half had all its points.
std::vector<double> widths_in_points(const Scoring& scoring, std::span<const WeighedSpeed> speeds);

// The width of the sum, where the single deviations have nothing to do with one another: the root of the sum of squares.
double width_of_all(std::span<const double> widths);

}  // namespace heapjudge
