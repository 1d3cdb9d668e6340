// Grading: tiers, points and means. Arithmetic alone.
#include "judge/grade.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "judge/grade_performance.h"
#include "judge/speed_precision.h"

namespace heapjudge {
namespace {

// What only a repetition of the trace can show, in the order in which they are made.
constexpr std::array kRepeatedChecks{Fault::kInitDoesNotReset, Fault::kDependsOnOldBytes,
                                     Fault::kRefusalMishandled, Fault::kOwnCheckerComplains};

Tier tier_of_repetition(const Rubric& rubric, Run run) {
  switch (run) {
    case Run::kFirst:
    case Run::kTimed:
      return Tier::kP0;
    case Run::kSecond:
    case Run::kOtherFill:
    case Run::kOwnChecked:
      return rubric.rerun_tier;
    case Run::kRefused:
      return kRefusalTier;
  }
  return Tier::kP0;
}

Run run_that_shows(Fault check) {
  if (check == Fault::kInitDoesNotReset) return Run::kSecond;
  if (check == Fault::kOwnCheckerComplains) return Run::kOwnChecked;
  return check == Fault::kDependsOnOldBytes ? Run::kOtherFill : Run::kRefused;
}

TraceRow row_of(const Rubric& rubric, TraceResult result) {
  TraceRow row;
  if (const Finding* finding = finding_of(result)) row.charged = tier_charged(rubric, result.tier, *finding);
  row.ran = result.examination.has_value();
  row.passed = row.ran && row.charged != result.tier;
  row.result = std::move(result);
  return row;
}

bool is_asked_for(const Rubric& rubric, const Identity& identity, Fault check) {
  if (check == Fault::kInitDoesNotReset) return rubric.rerun;
  if (check == Fault::kOwnCheckerComplains) return !identity.own_checker.empty();
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
  const double passed = static_cast<double>(row.passed) / static_cast<double>(row.total);
  row.max_points = rubric.rules_of(tier).points;
  row.points = row.max_points * passed;
  row.max_deducted = rubric.rules_of(tier).deduct;
  row.deducted = row.max_deducted * (1 - passed);
  return row;
}

void grade_tiers(const Rubric& rubric, GradeSheet& sheet) {
  for (const Tier tier : kAllTiers) {
    const TierRow row = tier_row(rubric, sheet, tier);
    if (row.total > 0) sheet.tiers.push_back(row);
  }
}

// Those to which a score owes it that it is too uncertain: they alone would make it so, were all like them.
void find_noise(GradeSheet& sheet) {
  if (!sheet.throughput) return;
  std::vector<const TraceResult*> results;
  std::vector<WeighedSpeed> speeds;
  for (const TraceRow& row : sheet.traces) {
    if (!row.throughput_points || !row.passed) continue;
    results.push_back(&row.result);
    speeds.push_back({.measurement = *row.result.measurement, .weight = row.result.weight});
  }
  const std::vector<double> widths = widths_in_points(sheet.scoring, speeds);
  const double most = sheet.scoring.measuring.interval_points;
  if (width_of_all(widths) <= most) return;
  const double fair = most / std::sqrt(static_cast<double>(widths.size()));
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (widths[i] <= fair) continue;
    sheet.noisy.push_back({results[i]->name, results[i]->hidden ? std::nullopt : results[i]->measurement});
  }
}

// To the nearest multiple, halves upwards.
double rounded(double score, double step) {
  constexpr double kSlack = 1e-9;  // a half may come out of a sum a few bits too small
  if (step <= 0) return score;
  const double steps = std::floor(score / step + 0.5 + kSlack);
  const double in_one = std::round(1 / step);
  const bool divides_one = std::abs(in_one * step - 1) < kSlack;
  return divides_one ? steps / in_one : steps * step;  // 643 / 10 is 64.3, and 643 * 0.1 is not
}

void add_up(GradeSheet& sheet) {
  double score = 0;
  sheet.max_score = sheet.deducted = 0;
  for (const auto& half : {sheet.utilization, sheet.throughput}) {
    score += half ? half->points : 0;
    sheet.max_score += half ? half->max_points : 0;
  }
  sheet.correct = sheet.static_findings.empty();
  for (const TierRow& row : sheet.tiers) {
    score += row.points;
    sheet.max_score += row.max_points;
    sheet.deducted += row.deducted;
    if (row.decides && row.passed < row.total) sheet.correct = false;
  }
  const bool all_lost = !sheet.static_findings.empty() && !sheet.scoring.static_finding_points;
  sheet.static_deducted =
      sheet.scoring.static_finding_points.value_or(0) * static_cast<double>(sheet.static_findings.size());
  sheet.deducted += sheet.static_deducted;
  if (sheet.fuzz) {
    sheet.deducted += sheet.fuzz->deducted;
    sheet.correct = sheet.correct && !sheet.fuzz->decided;
  }
  if (!sheet.noisy.empty() && !all_lost) return;
  sheet.score = all_lost ? 0 : std::max(0.0, rounded(score - sheet.deducted, sheet.scoring.round_to));
}

void conceal(TraceRow& row) {
  TraceRow shown;
  shown.result = {.name = row.result.name,
                  .file = {},
                  .tier = row.result.tier,
                  .weight = row.result.weight,
                  .counts = row.result.counts,
                  .hidden = true};
  shown.ran = row.ran;
  shown.passed = row.passed;
  row = std::move(shown);
}

}  // namespace

const Finding* finding_of(const TraceResult& result) {
  return result.examination && result.examination->finding ? &*result.examination->finding : nullptr;
}

Tier tier_charged(const Rubric& rubric, Tier trace_tier, const Finding& finding) {
  return std::max(trace_tier, tier_of_repetition(rubric, finding.run));
}

void add_fuzz_part(GradeSheet& sheet, FuzzPart part) {
  sheet.fuzz = std::move(part);
  add_up(sheet);
}

GradeSheet grade(const Rubric& rubric, Identity identity, std::vector<StaticFinding> static_findings,
                 std::vector<TraceResult> results) {
  GradeSheet sheet;
  sheet.identity = std::move(identity);
  sheet.rubric_name = rubric.name;
  sheet.course = rubric.course;
  sheet.scoring = rubric.scoring;
  sheet.static_findings = std::move(static_findings);
  for (TraceResult& result : results) sheet.traces.push_back(row_of(rubric, std::move(result)));
  grade_performance(sheet);
  find_noise(sheet);
  grade_tiers(rubric, sheet);
  add_up(sheet);
  for (TraceRow& row : sheet.traces) {
    if (row.result.hidden) conceal(row);
  }
  return sheet;
}

}  // namespace heapjudge
