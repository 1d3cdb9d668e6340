// Changes below what is shown are none.
#include "reports/change_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"
#include "reports/trace_table.h"

namespace heapjudge {
namespace {

constexpr double kLeastShown = 0.05;  // points
constexpr double kLeastUtilization = 0.0005;
constexpr std::size_t kWidestName = 28;
constexpr std::size_t kChange = 7;

bool is_failure(const TraceRow& row) {
  return !row.passed || row.charged;
}

std::string mark_of(const TraceRow& row, const TextStyle& style) {
  const Paint paint(style.colour);
  if (!row.ran) return paint.doubtful("-");
  if (!row.passed) return paint.bad(style.unicode ? "✗" : "x");
  return row.charged ? paint.doubtful("!") : paint.good(style.unicode ? "✓" : "+");
}

// The finding, or the figures of a row that passed.
std::string state_text(const TraceRow& row, const TraceChange& change) {
  if (row.result.hidden) return row.passed ? "hidden: passed" : "hidden: failed";
  if (const Finding* finding = finding_of(row.result)) return short_text_of(*finding);
  if (!row.ran) return "not run: " + row.result.not_run;
  const auto& profile = row.result.examination->profile;
  if (!profile) return "passed";
  std::string text = fmt::format("util {} %", percent(profile->utilization));
  if (change.utilization && std::abs(*change.utilization) >= kLeastUtilization)
    text += fmt::format(" ({})", signed_points(*change.utilization * 100));
  if (row.result.measurement) text += ", speed " + speed_text(row.result.measurement->speed);
  return text;
}

bool is_worth_telling(const TraceRow& row, const TraceChange& change) {
  if (!change_text(row, change).empty()) return true;
  return change.utilization && std::abs(*change.utilization) >= kLeastUtilization;
}

std::string line_of(const TraceRow& row, const TraceChange& change, const TextStyle& style) {
  const std::string name = left_aligned(
      clipped(printable(row.result.name, style.unicode), kWidestName, style.unicode), kWidestName);
  const std::size_t used = 3 + kWidestName + 1 + kChange;
  const std::size_t room = style.columns > used + 10 ? style.columns - used : 10;
  const std::string state = clipped(printable(state_text(row, change), style.unicode), room, style.unicode);
  const std::string start = " " + mark_of(row, style) + " " + name + " ";
  const std::string word = change_text(row, change);
  return start + (word.empty() ? state : left_aligned(state, room) + right_aligned(word, kChange)) + "\n";
}

std::string score_line(const GradeSheet& sheet, std::string_view label, const TextStyle& style) {
  const Paint paint(style.colour);
  const auto passed =
      std::ranges::count_if(sheet.traces, [](const TraceRow& row) { return !is_failure(row); });
  const std::string score = sheet.score ? points_text(*sheet.score) : "none";
  const std::string since = since_text(sheet, style);
  const std::string line =
      fmt::format("   {} {} / {:g}{}{}   {} of {} traces pass", label, score, sheet.max_score,
                  since.empty() ? "" : " ", since, passed, sheet.traces.size());
  return (sheet.correct ? paint.good(line) : paint.bad(line)) + "\n";
}

}  // namespace

std::string signed_points(double points) {
  const bool is_nothing = std::abs(points) < kLeastShown;
  return is_nothing ? "+0.0" : (points < 0 ? "-" : "+") + points_text(std::abs(points));
}

std::string change_text(const TraceRow& row, const TraceChange& change) {
  if (!change.before) return "new";
  const TraceState now = row.result.hidden && !row.passed ? TraceState::kFailed : state_of(row);
  if (now != *change.before) {
    if (now == TraceState::kFailed) return "broke";
    if (now == TraceState::kPassed) return *change.before == TraceState::kFailed ? "fixed" : "ran";
    return "";
  }
  return change.points && std::abs(*change.points) >= kLeastShown ? signed_points(*change.points) : "";
}

std::string since_text(const GradeSheet& sheet, const TextStyle& style) {
  if (!sheet.comparison) return "";
  const Comparison& comparison = *sheet.comparison;
  const std::string name = printable(comparison.with, style.unicode);
  if (name.empty()) return comparison.score ? fmt::format("({})", signed_points(*comparison.score)) : "";
  if (!comparison.same_terms) return fmt::format("(other traces or rules than \"{}\")", name);
  return comparison.score ? fmt::format("({} since \"{}\")", signed_points(*comparison.score), name) : "";
}

std::string changes_of(const GradeSheet& sheet, std::string_view label, const TextStyle& style) {
  std::string rows;
  std::string failure;
  for (std::size_t i = 0; sheet.comparison && i < sheet.traces.size(); ++i) {
    const TraceRow& row = sheet.traces[i];
    const TraceChange& change = sheet.comparison->traces[i];
    if (!is_worth_telling(row, change)) continue;
    rows += line_of(row, change, style);
    if (failure.empty() && change_text(row, change) == "broke")
      failure = "\n" + text_of_failure(row.result, sheet.identity, style) + "\n";
  }
  return rows + failure + score_line(sheet, label, style);
}

}  // namespace heapjudge
