// Shares, points, and what each trace could still bring.
#include "judge/grade_performance.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "check.h"
#include "judge/grade_mean.h"

namespace heapjudge {
namespace {

// A trace as one half of the performance sees it.
struct Item {
  TraceRow* row = nullptr;
  bool passed = false;
  WeightedValue value;  // of a trace that failed only the weight
};

// One half of the performance. Invariant: the weights of its items are above 0.
class Half {
 public:
  Half(const PerformanceRules& rules, std::vector<Item> items) : rules_(&rules), items_(std::move(items)) {}

  bool counts() const { return !items_.empty(); }
  const std::vector<Item>& items() const { return items_; }
  const PerformanceRules& rules() const { return *rules_; }

  // Of those that passed; none when none did.
  std::optional<double> mean() const {
    const std::vector<WeightedValue> values = passed_values();
    return values.empty() ? std::nullopt : std::optional(mean_of(rules_->mean, values));
  }

  // Of the points, 0..1. What failed loses its part by weight and leaves the others' alone.
  double share() const {
    std::vector<WeightedValue> values = passed_values();
    if (values.empty()) return 0;
    double all = 0;
    double passed = 0;
    for (const Item& item : items_) {
      all += item.value.weight;
      passed += item.passed ? item.value.weight : 0;
    }
    return passed / all * share_of(*rules_, std::move(values));
  }

  // share(), if the trace of this row alone were at the full mark.
  double share_with_full(const TraceRow& row) const {
    Half changed = *this;
    for (Item& item : changed.items_) {
      if (item.row != &row) continue;
      const double full = rules_->curve.full;
      item.value.value = item.passed ? std::max(item.value.value, full) : full;
      if (!item.passed) item.value.cost = usual_cost();
      item.passed = true;
    }
    return changed.share();
  }

  // What a trace contributes, in a unit of its own.
  double contribution(const Item& item) const {
    if (!item.passed) return 0;
    const bool each = rules_->curve_of == CurveOf::kTrace;
    return item.value.weight * (each ? share_of(rules_->curve, item.value.value) : item.value.value);
  }

 private:
  std::vector<WeightedValue> passed_values() const {
    std::vector<WeightedValue> values;
    for (const Item& item : items_) {
      if (item.passed) values.push_back(item.value);
    }
    return values;
  }

  // What a trace that was not measured may be taken to cost.
  double usual_cost() const {
    double sum = 0;
    const std::vector<WeightedValue> values = passed_values();
    for (const WeightedValue& v : values) sum += v.cost;
    return values.empty() ? 1 : sum / static_cast<double>(values.size());
  }

  const PerformanceRules* rules_;
  std::vector<Item> items_;
};

double utilization_of(const TraceRow& row) {
  const auto& profile = row.result.examination->profile;
  ensure(profile.has_value(), "a trace that passed has no heap profile");
  ensure(profile->utilization >= 0 && profile->utilization <= 1, "a utilization lies outside of 0..1");
  return profile->utilization;
}

WeightedValue speed_of(const TraceRow& row) {
  const Measurement& measurement = *row.result.measurement;
  ensure(std::isfinite(measurement.speed) && measurement.speed > 0, "a speed that is none");
  ensure(std::isfinite(measurement.reference_cost) && measurement.reference_cost > 0, "a cost that is none");
  return {.value = measurement.speed, .weight = row.result.weight, .cost = measurement.reference_cost};
}

Half utilization_half(GradeSheet& sheet) {
  std::vector<Item> items;
  for (TraceRow& row : sheet.traces) {
    if (!counts_for_utilization(row.result.counts) || row.result.weight <= 0) continue;
    const double value = row.passed ? utilization_of(row) : 0;
    items.push_back({&row, row.passed, {.value = value, .weight = row.result.weight}});
  }
  return {sheet.scoring.utilization, std::move(items)};
}

// A trace that passed and could not be measured is no fault of the submission: it is left out.
Half throughput_half(GradeSheet& sheet) {
  std::vector<Item> items;
  const bool wanted = sheet.identity.measured && sheet.scoring.throughput.points > 0;
  for (TraceRow& row : sheet.traces) {
    if (!wanted || !counts_for_throughput(row.result.counts) || row.result.weight <= 0) continue;
    if (!row.passed) items.push_back({&row, false, {.weight = row.result.weight}});
    if (row.passed && row.result.measurement) items.push_back({&row, true, speed_of(row)});
  }
  return {sheet.scoring.throughput, std::move(items)};
}

struct TwoPoints {
  double utilization = 0;
  double throughput = 0;

  double sum() const { return utilization + throughput; }
};

// What the two shares earn together; a half without traces has no points to give.
TwoPoints points_for(Combine combine, const TwoPoints& most, const TwoPoints& shares) {
  if (combine == Combine::kSum || most.sum() <= 0) {
    return {most.utilization * shares.utilization, most.throughput * shares.throughput};
  }
  const double share = std::pow(shares.utilization, most.utilization / most.sum()) *
                       std::pow(shares.throughput, most.throughput / most.sum());
  return {most.utilization * share, most.throughput * share};
}

PerformanceRow row_of(const Half& half, double share, double points) {
  PerformanceRow row{
      .mean = half.mean(), .share = share, .points = points, .max_points = half.rules().points};
  for (const Item& item : half.items()) {
    row.total += 1;
    row.passed += item.passed ? 1 : 0;
  }
  return row;
}

// A trace's points are its share of the half's, by weight and value.
void share_out(const Half& half, double points, std::optional<double> TraceRow::*into) {
  double all = 0;
  for (const Item& item : half.items()) all += half.contribution(item);
  for (const Item& item : half.items()) {
    (item.row->*into) = all > 0 ? points * half.contribution(item) / all : 0;
  }
}

std::optional<double> sum_of(const std::optional<double>& a, const std::optional<double>& b) {
  if (!a && !b) return std::nullopt;
  return a.value_or(0) + b.value_or(0);
}

bool has_item_of(const Half& half, const TraceRow& row) {
  return std::ranges::any_of(half.items(), [&row](const Item& item) { return item.row == &row; });
}

}  // namespace

void grade_performance(GradeSheet& sheet) {
  const Half utilization = utilization_half(sheet);
  const Half throughput = throughput_half(sheet);
  const TwoPoints most{utilization.counts() ? utilization.rules().points : 0,
                       throughput.counts() ? throughput.rules().points : 0};
  const TwoPoints shares{utilization.share(), throughput.share()};
  const auto earned = [&](const TwoPoints& s) { return points_for(sheet.scoring.combine, most, s); };
  const TwoPoints now = earned(shares);
  if (utilization.counts()) sheet.utilization = row_of(utilization, shares.utilization, now.utilization);
  if (throughput.counts()) sheet.throughput = row_of(throughput, shares.throughput, now.throughput);
  share_out(utilization, now.utilization, &TraceRow::utilization_points);
  share_out(throughput, now.throughput, &TraceRow::throughput_points);
  for (TraceRow& row : sheet.traces) {
    const TwoPoints full{utilization.share_with_full(row), throughput.share_with_full(row)};
    const auto gain = [&](const TwoPoints& s) { return std::max(0.0, earned(s).sum() - now.sum()); };
    if (has_item_of(utilization, row)) row.utilization_to_gain = gain({full.utilization, shares.throughput});
    if (has_item_of(throughput, row)) row.throughput_to_gain = gain({shares.utilization, full.throughput});
    row.points = sum_of(row.utilization_points, row.throughput_points);
    if (row.points) row.to_gain = gain(full);
  }
}

}  // namespace heapjudge
