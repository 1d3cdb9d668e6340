// How measurements become points: every constant of a score. Plain data; grade() does the arithmetic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "judge/measurement.h"

namespace heapjudge {

// kTotal is for speeds alone: the reference's costs of all traces together / the subject's.
enum class Mean : std::uint8_t { kArithmetic, kHarmonic, kGeometric, kTotal };

// The share of the points that a value earns: none up to `zero`, all from `full` on, linear between.
struct Curve {
  double zero = 0;
  double full = 1;  // above zero

  friend bool operator==(const Curve&, const Curve&) = default;
};

enum class CurveOf : std::uint8_t {
  kMean,  // the mean of the traces earns by the curve
  kTrace  // each trace earns by the curve, and what they earn is averaged
};

// One half of the performance: utilization (0..1) or speed (1 is the reference's).
struct PerformanceRules {
  double points = 0;
  Mean mean = Mean::kArithmetic;
  Curve curve;
  CurveOf curve_of = CurveOf::kMean;

  friend bool operator==(const PerformanceRules&, const PerformanceRules&) = default;
};

// How the speeds are measured.
struct MeasuringRules {
  CostClock clock = CostClock::kCpuTime;
  std::string reference = "tlsf";  // names an allocator; whether there is one, the session finds out
  double interval_points = 1;  // the widest 95 % interval of a score; 0: no score, each speed is to be known for itself
  double budget_seconds = 20;  // for all traces together

  friend bool operator==(const MeasuringRules&, const MeasuringRules&) = default;
};

enum class Combine : std::uint8_t {
  kSum,       // utilization's points and throughput's are added
  kGeometric  // both earn the geometric mean of their shares, weighted by their points
};

struct Scoring {
  PerformanceRules utilization{.points = 60};
  PerformanceRules throughput{.points = 40, .curve_of = CurveOf::kTrace};
  MeasuringRules measuring;
  Combine combine = Combine::kSum;
  std::optional<double> static_finding_points;  // what each static finding costs; none: everything
  double round_to = 0;                          // the score is a multiple of this; 0: as it comes

  friend bool operator==(const Scoring&, const Scoring&) = default;
};

}  // namespace heapjudge
