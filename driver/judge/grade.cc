// Grading: tiers, points and means. Arithmetic alone.
#include "judge/grade.h"

#include <algorithm>
#include <utility>

#include "check.h"
#include "judge/grade_mean.h"

namespace heapjudge {
namespace {

bool only_a_repetition_failed(const Finding& finding) {
  return finding.fault == Fault::kInitDoesNotReset || finding.fault == Fault::kDependsOnOldBytes;
}

TraceRow row_of(const Rubric& rubric, TraceResult result) {
  TraceRow row;
  if (const Finding* finding = finding_of(result)) row.charged = tier_charged(rubric, result.tier, *finding);
  row.passed = result.examination && row.charged != result.tier;
  row.result = std::move(result);
  return row;
}

double utilization_of(const TraceRow& row) {
  if (!row.passed) return 0;
  const auto& profile = row.result.examination->profile;
  ensure(profile.has_value(), "a trace that passed has no heap profile");
  ensure(profile->utilization >= 0 && profile->utilization <= 1, "a utilization lies outside of 0..1");
  return profile->utilization;
}

// What a repetition checks over all traces of lower tiers than rerun_tier: one item of that tier.
struct RepeatedCheck {
  bool applies = false;  // it was asked for, and there is a trace it is charged for
  bool passed = false;   // it was made at least once, and never failed
};

// `fault` is kInitDoesNotReset or kDependsOnOldBytes. The second is looked for only where the first is not
// found, so a trace with the first says nothing about the second.
RepeatedCheck repeated_check(const Rubric& rubric, const std::vector<TraceRow>& rows, Fault fault) {
  RepeatedCheck check;
  bool made = false;
  bool failed = false;
  for (const TraceRow& row : rows) {
    if (row.result.tier >= rubric.rerun_tier || !row.result.examination) continue;
    check.applies = true;
    const Finding* finding = finding_of(row.result);
    failed = failed || (finding != nullptr && finding->fault == fault);
    made = made || finding == nullptr ||
           (fault == Fault::kInitDoesNotReset && finding->fault == Fault::kDependsOnOldBytes);
  }
  check.passed = made && !failed;
  return check;
}

void count(TierRow& tier, bool passed) {
  tier.total += 1;
  tier.passed += passed ? 1 : 0;
}

void count_repeated_checks(const Rubric& rubric, const std::vector<TraceRow>& rows, TierRow& tier) {
  if (rubric.rerun) {
    const RepeatedCheck check = repeated_check(rubric, rows, Fault::kInitDoesNotReset);
    if (check.applies) count(tier, check.passed);
  }
  if (rubric.other_fill) {
    const RepeatedCheck check = repeated_check(rubric, rows, Fault::kDependsOnOldBytes);
    if (check.applies) count(tier, check.passed);
  }
}

TierRow tier_row(const Rubric& rubric, const std::vector<TraceRow>& rows, Tier tier) {
  TierRow row;
  row.tier = tier;
  row.decides = rubric.rules_of(tier).decides;
  for (const TraceRow& trace : rows) {
    if (trace.result.tier == tier) count(row, trace.passed);
  }
  if (tier == rubric.rerun_tier) count_repeated_checks(rubric, rows, row);
  if (row.total == 0) return row;
  row.max_points = rubric.rules_of(tier).points;
  row.points = row.max_points * static_cast<double>(row.passed) / static_cast<double>(row.total);
  return row;
}

double points_for(const Rubric& rubric, double mean) {
  return rubric.utilization_points * std::min(1.0, mean / rubric.full_utilization);
}

// A trace's points are its share of the total, by weight and utilization; what it could still gain is what
// the total would gain if this trace alone were at the full mark.
void give_points(const Rubric& rubric, std::vector<TraceRow*> rows, GradeSheet& sheet) {
  if (rows.empty()) return;
  std::vector<WeightedValue> values;
  double shares = 0;
  for (const TraceRow* row : rows) {
    values.push_back({.value = utilization_of(*row), .weight = row->result.weight});
    shares += values.back().value * values.back().weight;
  }
  const double mean = mean_of(rubric.utilization_mean, values);
  sheet.mean_utilization = mean;
  sheet.utilization_points = points_for(rubric, mean);
  sheet.max_utilization_points = rubric.utilization_points;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double share = shares > 0 ? values[i].value * values[i].weight / shares : 0;
    const double as_it_is =
        std::exchange(values[i].value, std::max(values[i].value, rubric.full_utilization));
    const double gain =
        points_for(rubric, mean_of(rubric.utilization_mean, values)) - sheet.utilization_points;
    values[i].value = as_it_is;
    rows[i]->points = sheet.utilization_points * share;
    rows[i]->to_gain = std::max(0.0, gain);
  }
}

void grade_utilization(const Rubric& rubric, GradeSheet& sheet) {
  std::vector<TraceRow*> counting;
  for (TraceRow& row : sheet.traces) {
    if (row.result.utilization_counts && row.result.weight > 0) counting.push_back(&row);
  }
  give_points(rubric, std::move(counting), sheet);
}

void grade_tiers(const Rubric& rubric, GradeSheet& sheet) {
  for (const Tier tier : kAllTiers) {
    const TierRow row = tier_row(rubric, sheet.traces, tier);
    if (row.total > 0) sheet.tiers.push_back(row);
  }
}

void add_up(GradeSheet& sheet) {
  sheet.correct = sheet.static_findings.empty();
  sheet.score = sheet.utilization_points;
  sheet.max_score = sheet.max_utilization_points;
  for (const TierRow& row : sheet.tiers) {
    sheet.score += row.points;
    sheet.max_score += row.max_points;
    if (row.decides && row.passed < row.total) sheet.correct = false;
  }
  if (!sheet.static_findings.empty()) sheet.score = 0;
}

}  // namespace

const Finding* finding_of(const TraceResult& result) {
  return result.examination && result.examination->finding ? &*result.examination->finding : nullptr;
}

Tier tier_charged(const Rubric& rubric, Tier trace_tier, const Finding& finding) {
  return only_a_repetition_failed(finding) ? std::max(trace_tier, rubric.rerun_tier) : trace_tier;
}

GradeSheet grade(const Rubric& rubric, Identity identity, std::vector<StaticFinding> static_findings,
                 std::vector<TraceResult> results) {
  GradeSheet sheet;
  sheet.identity = std::move(identity);
  sheet.static_findings = std::move(static_findings);
  for (TraceResult& result : results) sheet.traces.push_back(row_of(rubric, std::move(result)));
  grade_utilization(rubric, sheet);
  grade_tiers(rubric, sheet);
  add_up(sheet);
  return sheet;
}

}  // namespace heapjudge
