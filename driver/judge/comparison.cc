// Rows are found by their names.
#include "judge/comparison.h"

#include <algorithm>

#include "judge/grade.h"

namespace heapjudge {
namespace {

std::optional<double> difference(const std::optional<double>& now, const std::optional<double>& before) {
  return now && before ? std::optional(*now - *before) : std::nullopt;
}

PastTrace past_trace_of(const TraceRow& row) {
  if (row.result.hidden) return {.state = row.passed ? TraceState::kPassed : TraceState::kFailed};
  PastTrace trace{.state = state_of(row)};
  const auto& examination = row.result.examination;
  if (examination && examination->profile) trace.utilization = examination->profile->utilization;
  if (row.result.measurement) trace.speed = row.result.measurement->speed;
  trace.points = row.points;
  return trace;
}

bool is_fuzzed(const GradeSheet& sheet) { return sheet.fuzz && sheet.fuzz->hunt.not_run.empty(); }

bool same_terms(const GradeSheet& now, const PastRun& before) {
  const auto is_known = [&](const TraceRow& row) { return before.traces.contains(row.result.name); };
  return now.identity.rubric == before.rubric && is_fuzzed(now) == before.fuzzed && now.max_score == before.max_score &&
         now.traces.size() == before.traces.size() && std::ranges::all_of(now.traces, is_known);
}

TraceChange change_of(const TraceRow& row, const PastRun& before) {
  const auto found = before.traces.find(row.result.name);
  if (found == before.traces.end()) return {};
  const PastTrace now = past_trace_of(row);
  const PastTrace& then = found->second;
  return {.before = then.state,
          .utilization = difference(now.utilization, then.utilization),
          .speed = difference(now.speed, then.speed),
          .points = difference(now.points, then.points)};
}

}  // namespace

TraceState state_of(const TraceRow& row) {
  if (!row.ran) return TraceState::kNotRun;
  return row.passed && !row.charged ? TraceState::kPassed : TraceState::kFailed;
}

Comparison compare(const GradeSheet& now, const PastRun& before) {
  Comparison comparison{.with = before.name, .same_terms = same_terms(now, before)};
  if (comparison.same_terms) comparison.score = difference(now.score, before.score);
  for (const TraceRow& row : now.traces) {
    TraceChange change = change_of(row, before);
    if (!comparison.same_terms) change.points.reset();
    comparison.traces.push_back(change);
  }
  return comparison;
}

PastRun past_run_of(const GradeSheet& sheet, const std::string& name) {
  PastRun run{
      .name = name,
      .rubric = sheet.identity.rubric,
      .score = sheet.score,
      .max_score = sheet.max_score,
      .fuzzed = is_fuzzed(sheet)};
  for (const TraceRow& row : sheet.traces) run.traces.emplace(row.result.name, past_trace_of(row));
  return run;
}

}  // namespace heapjudge
