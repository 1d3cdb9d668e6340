// The main screen, from head to score.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"
#include "reports/report.h"
#include "reports/screen_head.h"
#include "reports/trace_table.h"

namespace heapjudge {
namespace {

constexpr std::size_t kNarrowest = 72;  // the fixed columns of the table
constexpr std::size_t kScoreIndent = 12;
constexpr double kWorthNaming = 0.5;  // points

bool decides(const GradeSheet& sheet, const TraceRow& row) {
  return std::any_of(sheet.tiers.begin(), sheet.tiers.end(),
                     [&row](const TierRow& tier) { return tier.decides && row.charged == tier.tier; });
}

// What is told whole: the first failure that makes the submission incorrect, else the first.
const TraceRow* chief_failure(const GradeSheet& sheet) {
  const TraceRow* first = nullptr;
  for (const TraceRow& row : sheet.traces) {
    if (finding_of(row.result) == nullptr) continue;
    if (decides(sheet, row)) return &row;
    if (first == nullptr) first = &row;
  }
  return first;
}

std::string whole_failures_of(const GradeSheet& sheet, const TextStyle& style) {
  TextStyle whole = style;
  whole.verbose = true;
  std::string text;
  const TraceRow* chief = chief_failure(sheet);
  for (const TraceRow& row : sheet.traces) {
    if (finding_of(row.result) == nullptr || (!style.verbose && &row != chief)) continue;
    text += "\n" + text_of_failure(row.result, sheet.identity, whole);
  }
  return text;
}

std::string other_failures_of(const GradeSheet& sheet, const TextStyle& style) {
  std::string text;
  if (style.verbose) return text;
  const TraceRow* chief = chief_failure(sheet);
  for (const TraceRow& row : sheet.traces) {
    if (finding_of(row.result) != nullptr && &row != chief) text += line_of_failure(row.result, style);
  }
  return text.empty() ? text : "\n" + text + Paint(style.colour).quiet("   -v tells these whole, too") + "\n";
}

const TraceRow* most_to_gain(const GradeSheet& sheet) {
  const TraceRow* best = nullptr;
  for (const TraceRow& row : sheet.traces) {
    if (!row.passed || !row.to_gain || *row.to_gain < kWorthNaming || !row.result.examination->profile)
      continue;
    if (best == nullptr || *row.to_gain > *best->to_gain) best = &row;
  }
  return best;
}

std::string biggest_win(const GradeSheet& sheet, const TextStyle& style) {
  const TraceRow* row = most_to_gain(sheet);
  if (row == nullptr || !sheet.correct) return "";
  const HeapProfile& profile = *row->result.examination->profile;
  const bool holes = profile.external_fraction > profile.internal_fraction;
  const std::string text = fmt::format(
      "   to gain  {}: {} % of its heap is lost {}; {} points", printable(row->result.name, style.unicode),
      percent(holes ? profile.external_fraction : profile.internal_fraction),
      holes ? "in holes" : "inside blocks (headers, rounding)", points_text(*row->to_gain));
  std::string lines;
  for (const std::string& line : wrapped(text, style.columns, kScoreIndent)) lines += line + "\n";
  return lines;
}

// A tier with checks has items that are not traces.
std::string shortfall_of(const TierRow& row) {
  return fmt::format("{} of {} {} {} pass", row.passed, row.total, name_of(row.tier),
                     row.checks.empty() ? "traces" : "items");
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : &word == &words.back() ? " and " : ", ") + word;
  }
  return text;
}

// What "correct" means here, and what is in its way.
std::string verdict_of(const GradeSheet& sheet) {
  if (!sheet.static_findings.empty()) return "not correct, no points: see the errors at the top (exit status 1)";
  std::vector<std::string> deciding;
  std::vector<std::string> shortfalls;
  for (const TierRow& row : sheet.tiers) {
    if (!row.decides) continue;
    deciding.emplace_back(name_of(row.tier));
    if (row.passed < row.total) shortfalls.push_back(shortfall_of(row));
  }
  if (!sheet.correct) return "not correct: " + listed(shortfalls) + " (exit status 1)";
  return deciding.empty() ? "correct" : "correct: all of " + listed(deciding) + " passes";
}

std::string score_of(const GradeSheet& sheet, const TextStyle& style) {
  const Paint paint(style.colour);
  const std::string total = fmt::format("{} / {:g}", points_text(sheet.score), sheet.max_score);
  const auto lines = wrapped(fmt::format("   score    {}   {}", total, verdict_of(sheet)), style.columns,
                             kScoreIndent);
  std::string text;
  for (const std::string& line : lines) {
    text += (sheet.correct ? paint.good(line) : paint.bad(line)) + "\n";
  }
  return text;
}

}  // namespace

std::string text_of(const GradeSheet& sheet, const TextStyle& wanted) {
  TextStyle style = wanted;
  style.columns = std::max(wanted.columns, kNarrowest);
  std::string text = head_of(sheet, style);
  text += "\n" + trace_table_of(sheet, style);
  text += whole_failures_of(sheet, style) + other_failures_of(sheet, style);
  text += "\n" + tier_table_of(sheet, style) + score_of(sheet, style) + biggest_win(sheet, style);
  return text;
}

}  // namespace heapjudge
