#include "judge/bench.h"

#include <algorithm>

#include "judge/grade_mean.h"

namespace heapjudge {
namespace {

std::optional<double> mean_or_none(Mean mean, const std::vector<WeightedValue>& values) {
  return values.empty() ? std::nullopt : std::optional(mean_of(mean, values));
}

void take_means(const BenchSheet& sheet, BenchEntry& entry) {
  std::vector<WeightedValue> utilizations;
  std::vector<WeightedValue> speeds;
  entry.passed = 0;
  for (std::size_t i = 0; i < entry.cells.size(); ++i) {
    const BenchCell& cell = entry.cells[i];
    const double weight = sheet.weights[i];
    entry.passed += cell.failure.empty() ? 1 : 0;
    if (cell.utilization) utilizations.push_back({.value = *cell.utilization, .weight = weight});
    if (cell.speed) {
      speeds.push_back({.value = cell.speed->speed, .weight = weight, .cost = cell.speed->reference_cost});
    }
  }
  entry.utilization = mean_or_none(sheet.utilization_mean, utilizations);
  entry.speed = mean_or_none(sheet.speed_mean, speeds);
}

bool competes(const BenchSheet& sheet, const BenchEntry& entry) {
  return entry.passed == sheet.traces.size() && entry.utilization && entry.speed;
}

bool beats(const BenchEntry& one, const BenchEntry& other) {
  const bool no_worse = *one.utilization >= *other.utilization && *one.speed >= *other.speed;
  return no_worse && (*one.utilization > *other.utilization || *one.speed > *other.speed);
}

}  // namespace

void compare(BenchSheet& sheet) {
  for (BenchEntry& entry : sheet.entries) take_means(sheet, entry);
  for (BenchEntry& entry : sheet.entries) {
    entry.on_frontier =
        competes(sheet, entry) && std::ranges::none_of(sheet.entries, [&](const BenchEntry& other) {
          return competes(sheet, other) && beats(other, entry);
        });
  }
}

}  // namespace heapjudge
