// The table that users of the classic driver expect, for the `mdriver` link.
#include <fmt/format.h>

#include <cmath>

#include "oracle/fault.h"
#include "reports/numbers.h"
#include "reports/printable.h"
#include "reports/report.h"

namespace heapjudge {
namespace {

std::string utilization_text(const TraceRow& row) {
  if (!row.passed || !row.result.examination->profile) return "-";
  return fmt::format("{:.0f}%", row.result.examination->profile->utilization * 100);
}

// Throughput is not measured, so its columns are dashes.
std::string table_of(const GradeSheet& sheet) {
  std::string text = fmt::format("{:>5} {:>6} {:>5} {:>9} {:>8} {:>6}  {}\n", "trace", "valid", "util", "ops",
                                 "secs", "Kops", "name");
  std::size_t number = 0;
  for (const TraceRow& row : sheet.traces) {
    text += fmt::format("{:>5} {:>6} {:>5} {:>9} {:>8} {:>6}  {}\n", number++, row.passed ? "yes" : "no",
                        utilization_text(row), row.result.requests, "-", "-", printable(row.result.name));
  }
  const std::string mean =
      sheet.mean_utilization ? fmt::format("{:.0f}%", *sheet.mean_utilization * 100) : std::string("-");
  return text + fmt::format("{:>5} {:>6} {:>5}\n", "mean", "", mean);
}

std::string errors_of(const GradeSheet& sheet) {
  std::string text;
  for (const StaticFinding& finding : sheet.static_findings) {
    text += fmt::format("ERROR [{}]: {}\n", code_of(finding.fault), printable(finding.message));
  }
  for (const TraceRow& row : sheet.traces) {
    const std::string name = printable(row.result.name);
    if (const Finding* finding = finding_of(row.result)) {
      text += fmt::format("ERROR [trace {}, request {}]: [{}] {}\n", name, finding->request,
                          code_of(finding->fault), printable(describe(*finding)));
    } else if (!row.result.examination) {
      text += fmt::format("ERROR [trace {}]: not run: {}\n", name, printable(row.result.not_run));
    }
  }
  return text;
}

}  // namespace

std::string mdriver_text_of(const GradeSheet& sheet, bool verbose) {
  std::string text;
  if (verbose) text += "Results of " + printable(sheet.identity.submission) + ":\n" + table_of(sheet) + "\n";
  text += errors_of(sheet);
  text += fmt::format("Index: {} for utilization", points_text(sheet.utilization_points));
  for (const TierRow& row : sheet.tiers)
    text += fmt::format(" + {} for {}", points_text(row.points), name_of(row.tier));
  return text + fmt::format(" = {} of {:g} ({})\n", points_text(sheet.score), sheet.max_score,
                            sheet.correct ? "correct" : "not correct");
}

}  // namespace heapjudge
