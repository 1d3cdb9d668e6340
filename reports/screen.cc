// The main screen, from head to score.
#include <algorithm>
#include <span>
#include <vector>

#include "reports/fuzz_part.h"
#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"
#include "reports/report.h"
#include "reports/score_lines.h"
#include "reports/score_table.h"
#include "reports/screen_head.h"
#include "reports/sheet_words.h"
#include "reports/trace_table.h"

namespace heapjudge {
namespace {

constexpr std::size_t kNarrowest = 72;  // the fixed columns of the table

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

std::span<const FuzzFinding> findings_of(const GradeSheet& sheet) {
  return sheet.fuzz ? std::span<const FuzzFinding>(sheet.fuzz->hunt.findings) : std::span<const FuzzFinding>();
}

// The first, where no trace has failed, or all.
std::span<const FuzzFinding> findings_told_whole(const GradeSheet& sheet, const TextStyle& style) {
  const auto all = findings_of(sheet);
  if (style.verbose) return all;
  return all.first(std::min<std::size_t>(all.size(), chief_failure(sheet) == nullptr ? 1 : 0));
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
  for (const FuzzFinding& finding : findings_told_whole(sheet, style)) {
    text += "\n" + text_of_finding(finding, sheet.identity, whole);
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
  for (const FuzzFinding& finding : findings_of(sheet).subspan(findings_told_whole(sheet, style).size())) {
    text += line_of_failure(finding.result, style);
  }
  return text.empty() ? text : "\n" + text + Paint(style.colour).quiet("   -v tells these whole, too") + "\n";
}

}  // namespace

std::string text_of(const GradeSheet& sheet, const TextStyle& wanted) {
  TextStyle style = wanted;
  style.columns = std::max(wanted.columns, kNarrowest);
  std::string text = head_of(sheet, style);
  text += "\n" + trace_table_of(sheet, style);
  text += whole_failures_of(sheet, style) + other_failures_of(sheet, style);
  text += "\n" + score_table_of(sheet, style) + score_lines_of(sheet, style);
  return text;
}

}  // namespace heapjudge
