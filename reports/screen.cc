// The main screen, from head to score.
#include <fmt/format.h>

#include <algorithm>
#include <set>
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

std::string first_line_of(const std::string& text) {
  return text.substr(0, text.find('\n') + 1);
}

// The first failure is told whole, the first of each other code in brief, and the rest by their first line.
std::string failures_of(const GradeSheet& sheet, const TextStyle& style) {
  std::string text;
  std::set<Fault> told;
  std::size_t shortened = 0;
  for (const TraceRow& row : sheet.traces) {
    const Finding* finding = finding_of(row.result);
    if (finding == nullptr) continue;
    TextStyle how = style;
    how.verbose = style.verbose || told.empty();
    const bool is_new = told.insert(finding->fault).second;
    const std::string failure = text_of_failure(row.result, sheet.identity, how);
    if (is_new || style.verbose) {
      text += "\n" + failure;
    } else {
      shortened += 1;
      text += (shortened == 1 ? "\n" : "") + first_line_of(failure);
    }
  }
  return text;
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
  if (row == nullptr) return "";
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

std::string score_of(const GradeSheet& sheet, const TextStyle& style) {
  const std::string mean = sheet.mean_utilization ? "; mean " + percent(*sheet.mean_utilization) + " %" : "";
  std::vector<std::string> terms{fmt::format("   points   {} utilization (of {:g}{})",
                                             points_text(sheet.utilization_points),
                                             sheet.max_utilization_points, mean)};
  for (const TierRow& row : sheet.tiers) {
    terms.push_back(
        fmt::format("+ {} {} (of {:g})", points_text(row.points), name_of(row.tier), row.max_points));
  }
  const Paint paint(style.colour);
  const std::string total = fmt::format("{} / {:g}", points_text(sheet.score), sheet.max_score);
  const std::string verdict = sheet.correct ? paint.good("correct") : paint.bad("not correct");
  std::string text;
  const PartLayout layout{.between = " ", .columns = style.columns, .indent = kScoreIndent};
  for (const std::string& line : laid_out(terms, layout)) text += line + "\n";
  text += "   score    " + paint.strong(total) + "   " + verdict;
  if (!sheet.static_findings.empty()) text += ": no points, see the errors above";
  return text + "\n";
}

}  // namespace

std::string text_of(const GradeSheet& sheet, const TextStyle& wanted) {
  TextStyle style = wanted;
  style.columns = std::max(wanted.columns, kNarrowest);
  std::string text = head_of(sheet, style);
  text += "\n" + trace_table_of(sheet, style);
  text += "\n" + tier_table_of(sheet, style);
  text += failures_of(sheet, style);
  text += "\n" + score_of(sheet, style) + biggest_win(sheet, style);
  return text;
}

}  // namespace heapjudge
