// What a cell has nothing to say to is empty; a figure that is not known is a dash.
#include "reports/sheet_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/fuzz_part.h"
#include "reports/numbers.h"
#include "reports/sheet_words.h"
#include "reports/trace_table.h"

namespace heapjudge {
namespace {

std::string optional_points(const std::optional<double>& points) {
  return points ? points_text(*points) : "-";
}

void add_tier(const TierRow& row, std::vector<SheetCells>& rows) {
  std::string points;
  if (row.max_points > 0) points = fmt::format("{} of {:g}", points_text(row.points), row.max_points);
  if (row.max_deducted > 0) {
    points = fmt::format("{}{} of -{:g}", row.deducted > 0 ? "-" : "", points_text(row.deducted), row.max_deducted);
  }
  std::string title = fmt::format("{} {}", name_of(row.tier), title_of(row.tier));
  if (row.decides) title += " (must pass)";
  rows.push_back({row.passed == row.total ? "✓" : "✗", title, fmt::format("{}/{}", row.passed, row.total), points});
  for (const RepeatedCheck& check : row.checks) {
    if (!check.passed()) rows.push_back({"", check_text_of(check), "", ""});
  }
}

SheetCells half_cells(const std::string& title, const std::string& mean, const PerformanceRow& row) {
  return {"", title, mean, fmt::format("{} of {:g}", points_text(row.points), row.max_points)};
}

void add_fuzz(const FuzzPart& part, std::vector<SheetCells>& rows) {
  const std::string mark = !part.hunt.not_run.empty() ? "-" : part.hunt.findings.empty() ? "✓" : "✗";
  rows.push_back({mark, fuzz_title_of(part), fuzz_result_of(part), fuzz_amount_of(part)});
  for (std::string& remark : fuzz_remarks_of(part)) rows.push_back({"", std::move(remark), "", ""});
}

// Why a row has no figures, or what a repetition of its trace found.
std::string remark_of(const TraceRow& row) {
  if (row.result.hidden) return "hidden: " + std::string(result_of(row));
  if (const Finding* finding = finding_of(row.result)) return short_text_of(*finding);
  return row.ran ? "" : "not run: " + row.result.not_run;
}

SheetCells figures_in(const TraceRow& row) {
  const TraceResult& result = row.result;
  if (!row.passed || !result.examination || !result.examination->profile) return SheetCells(5, "");
  const HeapProfile& profile = *result.examination->profile;
  return {percent(profile.utilization), kibibytes(profile.heap_bytes), percent(profile.internal_fraction),
          percent(profile.external_fraction), result.measurement ? speed_text(result.measurement->speed) : "-"};
}

}  // namespace

std::string mark_of(const TraceRow& row) {
  if (!row.ran) return "-";
  if (!row.passed) return "✗";
  return row.charged ? "!" : "✓";
}

std::vector<SheetCells> score_cells_of(const GradeSheet& sheet) {
  std::vector<SheetCells> rows;
  for (const TierRow& row : sheet.tiers) add_tier(row, rows);
  if (sheet.fuzz) add_fuzz(*sheet.fuzz, rows);
  if (const auto& half = sheet.utilization) {
    rows.push_back(half_cells("utilization", half->mean ? percent(*half->mean) + " %" : "-", *half));
  }
  if (const auto& half = sheet.throughput) {
    rows.push_back(half_cells("throughput beside " + sheet.scoring.measuring.reference,
                              half->mean ? speed_text(*half->mean) : "-", *half));
  }
  return rows;
}

SheetCells trace_cells_of(const TraceRow& row, const std::string& name) {
  const bool hidden = row.result.hidden;
  SheetCells cells{mark_of(row), name, hidden ? "" : std::string(name_of(row.result.tier)),
                   hidden ? "" : grouped(row.result.requests)};
  std::ranges::move(figures_in(row), std::back_inserter(cells));
  cells.push_back(hidden ? "" : optional_points(row.points));
  cells.push_back(hidden ? "" : optional_points(row.to_gain));
  cells.push_back(remark_of(row));
  return cells;
}

}  // namespace heapjudge
