// Intervals of speeds, as points.
#include "judge/speed_precision.h"

#include <gtest/gtest.h>

namespace heapjudge {
namespace {

WeighedSpeed between(double low, double high, double weight = 1) {
  const double middle = (low + high) / 2;
  return {.measurement = {.speed = middle, .speed_low = low, .speed_high = high, .subject_cost = 1 / middle, .reference_cost = 1},
          .weight = weight};
}

std::vector<double> widths(const Scoring& scoring, std::vector<WeighedSpeed> speeds) {
  return widths_in_points(scoring, speeds);
}

TEST(SpeedPrecision, ATracesPartOfThePointsByItsWeight) {
  const Scoring scoring;  // 40 points, each trace up to 1
  const std::vector<double> points = widths(scoring, {between(0.4, 0.6), between(0.4, 0.6, 3)});
  EXPECT_NEAR(points[0], 40 * 0.2 / 4, 1e-9);
  EXPECT_NEAR(points[1], 40 * 0.2 * 3 / 4, 1e-9);
}

TEST(SpeedPrecision, NothingBeyondTheFullMarkAndBelowZero) {
  Scoring scoring;
  scoring.throughput.curve = {.zero = 0.5, .full = 0.9};
  const std::vector<double> points = widths(scoring, {between(0.95, 2), between(0.1, 0.4), between(0.7, 1.1)});
  EXPECT_DOUBLE_EQ(points[0], 0);
  EXPECT_DOUBLE_EQ(points[1], 0);
  EXPECT_NEAR(points[2], 40 / 3.0 * 0.5, 1e-9);
}

TEST(SpeedPrecision, AMeanTakesWhatIsBeyondIntoAccount) {
  Scoring scoring;
  scoring.throughput.curve_of = CurveOf::kMean;
  EXPECT_NEAR(widths(scoring, {between(1.2, 1.4), between(0.1, 0.3)})[0], 40 * 0.2 / 2, 1e-9);
}

TEST(SpeedPrecision, OfTheRatioOfTotals) {
  Scoring scoring;
  scoring.throughput.curve_of = CurveOf::kMean;
  scoring.throughput.mean = Mean::kTotal;
  // Both cost the reference 1: 2 / (1 / 0.5 + 1 / x).
  const double share_low = 2 / (2 + 1 / 0.4);
  const double share_high = 2 / (2 + 1 / 0.6);
  EXPECT_NEAR(widths(scoring, {between(0.5, 0.5), between(0.4, 0.6)})[1], 40 * (share_high - share_low), 1e-9);
}

TEST(SpeedPrecision, OfAGeometricMeanOfBothHalves) {
  Scoring scoring;
  scoring.utilization.points = scoring.throughput.points = 50;
  scoring.combine = Combine::kGeometric;
  EXPECT_NEAR(widths(scoring, {between(0.25, 0.64)})[0], 100 * (0.8 - 0.5), 1e-9);
}

TEST(SpeedPrecision, IndependentDeviationsAddUpAsSquares) {
  EXPECT_DOUBLE_EQ(width_of_all(std::vector<double>{3, 4}), 5);
  EXPECT_DOUBLE_EQ(width_of_all({}), 0);
}

}  // namespace
}  // namespace heapjudge
