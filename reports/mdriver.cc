// The table that users of the classic driver expect, for the `mdriver` link.
#include <fmt/format.h>

#include <cmath>

#include "oracle/fault.h"
#include "reports/fuzz_part.h"
#include "reports/numbers.h"
#include "reports/printable.h"
#include "reports/report.h"

namespace heapjudge {
namespace {

std::string utilization_text(const TraceRow& row) {
  const auto& examination = row.result.examination;
  if (!row.passed || !examination || !examination->profile) return "-";
  return fmt::format("{:.0f}%", examination->profile->utilization * 100);
}

// Seconds and thousands of requests per second; dashes where nothing was timed.
struct Timing {
  std::string seconds = "-";
  std::string thousands = "-";
};

Timing timing_of(const TraceResult& result) {
  const auto& measurement = result.measurement;
  const bool timed =
      measurement && measurement->clock == CostClock::kCpuTime && measurement->subject_cost > 0;
  if (!timed) return {};
  const double per_second = static_cast<double>(result.requests) / measurement->subject_cost;
  return {fmt::format("{:.6f}", measurement->subject_cost), fmt::format("{:.0f}", per_second / 1000)};
}

std::string table_of(const GradeSheet& sheet) {
  std::string text = fmt::format("{:>5} {:>6} {:>5} {:>9} {:>9} {:>7}  {}\n", "trace", "valid", "util", "ops",
                                 "secs", "Kops", "name");
  std::size_t number = 0;
  for (const TraceRow& row : sheet.traces) {
    const Timing timing = timing_of(row.result);
    const std::string requests = row.result.hidden ? "-" : std::to_string(row.result.requests);
    text += fmt::format("{:>5} {:>6} {:>5} {:>9} {:>9} {:>7}  {}\n", number++, row.passed ? "yes" : "no",
                        utilization_text(row), requests, timing.seconds, timing.thousands,
                        printable(row.result.name));
  }
  const bool has_mean = sheet.utilization && sheet.utilization->mean;
  const std::string mean = has_mean ? fmt::format("{:.0f}%", *sheet.utilization->mean * 100) : "-";
  return text + fmt::format("{:>5} {:>6} {:>5}\n", "mean", "", mean);
}

std::string errors_of(const GradeSheet& sheet) {
  std::string text;
  for (const StaticFinding& finding : sheet.static_findings) {
    text += fmt::format("ERROR [{}]: {}\n", code_of(finding.fault), printable(finding.message));
  }
  for (const TraceRow& row : sheet.traces) {
    const std::string name = printable(row.result.name);
    if (row.result.hidden) {
      if (!row.passed) text += fmt::format("ERROR [trace {}]: hidden\n", name);
    } else if (const Finding* finding = finding_of(row.result)) {
      text += fmt::format("ERROR [trace {}, request {}]: [{}] {}\n", name, finding->request,
                          code_of(finding->fault), printable(describe(*finding)));
    } else if (!row.result.examination) {
      text += fmt::format("ERROR [trace {}]: not run: {}\n", name, printable(row.result.not_run));
    }
  }
  if (sheet.fuzz) {
    for (const FuzzFinding& finding : sheet.fuzz->hunt.findings) {
      text += fmt::format("ERROR [fuzz]: {}: {}{}\n", fuzz_name_of(finding), printable(describe(*finding_of(finding.result))),
                          and_symptoms_of(finding));
    }
  }
  return text;
}

}  // namespace

std::string mdriver_text_of(const GradeSheet& sheet, bool verbose) {
  std::string text;
  if (verbose) text += "Results of " + printable(sheet.identity.submission) + ":\n" + table_of(sheet) + "\n";
  text += errors_of(sheet);
  if (!sheet.score) return text + "No index: " + printable(noise_of(sheet)) + "\n";
  std::string terms;
  const auto add = [&terms](double points, std::string_view sign, std::string_view what) {
    terms += fmt::format("{}{} for {}", terms.empty() ? "" : sign, points_text(points), what);
  };
  if (sheet.utilization) add(sheet.utilization->points, " + ", "utilization");
  if (sheet.throughput) add(sheet.throughput->points, " + ", "throughput");
  for (const TierRow& row : sheet.tiers) {
    if (row.max_points > 0) add(row.points, " + ", name_of(row.tier));
  }
  if (sheet.deducted > 0) terms += fmt::format(" - {} deducted", points_text(sheet.deducted));
  return text + fmt::format("Index: {} = {} of {:g} ({})\n", terms, points_text(*sheet.score),
                            sheet.max_score, sheet.correct ? "correct" : "not correct");
}

}  // namespace heapjudge
