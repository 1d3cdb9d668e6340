// Grading: tiers, points and means. Arithmetic alone.
#include "judge/grade.h"

#include <algorithm>
#include <array>
#include <utility>

#include "check.h"
#include "judge/grade_mean.h"

namespace heapjudge {
namespace {

// What only a repetition of the trace can show, in the order in which they are made.
constexpr std::array kRepeatedChecks{Fault::kInitDoesNotReset, Fault::kDependsOnOldBytes,
                                     Fault::kRefusalMishandled};

Tier tier_of_repetition(const Rubric& rubric, Run run) {
  switch (run) {
    case Run::kFirst:
    case Run::kTimed:
      return Tier::kP0;
    case Run::kSecond:
    case Run::kOtherFill:
      return rubric.rerun_tier;
    case Run::kRefused:
      return kRefusalTier;
  }
  return Tier::kP0;
}

Run run_that_shows(Fault check) {
  if (check == Fault::kInitDoesNotReset) return Run::kSecond;
  return check == Fault::kDependsOnOldBytes ? Run::kOtherFill : Run::kRefused;
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

bool is_asked_for(const Rubric& rubric, const Identity& identity, Fault check) {
  if (check == Fault::kInitDoesNotReset) return rubric.rerun;
  return check == Fault::kDependsOnOldBytes ? rubric.other_fill : identity.refused_growths;
}

// The first finding ends a trace's examination, so what would have been looked for later was not.
void count_trace(const Finding* finding, RepeatedCheck& check) {
  const Run run = run_that_shows(check.fault);
  if (finding != nullptr && finding->run < run) return;
  check.made += 1;
  check.failed += finding != nullptr && finding->run == run ? 1 : 0;
}

std::optional<RepeatedCheck> repeated_check(const std::vector<TraceRow>& rows, Tier tier, Fault fault) {
  RepeatedCheck check{.fault = fault};
  bool applies = false;
  for (const TraceRow& row : rows) {
    if (row.result.tier >= tier || !row.result.examination) continue;
    applies = true;
    count_trace(finding_of(row.result), check);
  }
  return applies ? std::optional(check) : std::nullopt;
}

void count(TierRow& tier, bool passed) {
  tier.total += 1;
  tier.passed += passed ? 1 : 0;
}

void count_repeated_checks(const Rubric& rubric, const GradeSheet& sheet, TierRow& tier) {
  for (const Fault fault : kRepeatedChecks) {
    const bool belongs_here = tier_of_repetition(rubric, run_that_shows(fault)) == tier.tier;
    if (!belongs_here || !is_asked_for(rubric, sheet.identity, fault)) continue;
    const auto check = repeated_check(sheet.traces, tier.tier, fault);
    if (!check) continue;
    count(tier, check->passed());
    tier.checks.push_back(*check);
  }
}

TierRow tier_row(const Rubric& rubric, const GradeSheet& sheet, Tier tier) {
  TierRow row;
  row.tier = tier;
  row.decides = rubric.rules_of(tier).decides;
  for (const TraceRow& trace : sheet.traces) {
    if (trace.result.tier == tier) count(row, trace.passed);
  }
  count_repeated_checks(rubric, sheet, row);
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
    const TierRow row = tier_row(rubric, sheet, tier);
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
  return std::max(trace_tier, tier_of_repetition(rubric, finding.run));
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
