// A grade sheet as a table for spreadsheets and gradebooks.
#include <fmt/format.h>

#include <algorithm>

#include "oracle/fault.h"
#include "reports/csv_text.h"
#include "reports/fuzz_part.h"
#include "reports/outcome.h"
#include "reports/report.h"
#include "reports/sheet_words.h"

namespace heapjudge {
namespace {

constexpr std::string_view kHeading =
    "kind,name,result,tier,requests,utilization,heap_bytes,internal_fraction,external_fraction,speed,speed_low,"
    "speed_high,points,max_points,to_gain,deducted,code,message\r\n";

using Number = std::optional<double>;

// The cells that are text of ours or a number's stand as they are.
struct Line {
  std::string_view kind;
  std::string name;
  std::string_view result;
  std::string_view tier;
  std::string requests;
  const HeapProfile* profile = nullptr;
  Number utilization;
  Number speed;
  const Measurement* measurement = nullptr;
  Number points;
  Number max_points;
  Number to_gain;
  Number deducted;
  std::string code;
  std::string message;
};

std::string text_of_number(const Number& number) {
  return number ? fmt::format("{:.6g}", *number) : "";
}

std::string text_of_line(const Line& line) {
  const auto profile = [&line](double HeapProfile::*member) {
    return line.profile != nullptr ? text_of_number(line.profile->*member) : "";
  };
  const auto speed = [&line](double Measurement::*member) {
    return line.measurement != nullptr ? text_of_number(line.measurement->*member) : "";
  };
  const std::vector<std::string> cells{
      std::string(line.kind),
      csv_field(line.name),
      std::string(line.result),
      std::string(line.tier),
      line.requests,
      line.utilization ? text_of_number(line.utilization) : profile(&HeapProfile::utilization),
      line.profile != nullptr ? std::to_string(line.profile->heap_bytes) : "",
      profile(&HeapProfile::internal_fraction),
      profile(&HeapProfile::external_fraction),
      line.speed ? text_of_number(line.speed) : speed(&Measurement::speed),
      speed(&Measurement::speed_low),
      speed(&Measurement::speed_high),
      text_of_number(line.points),
      text_of_number(line.max_points),
      text_of_number(line.to_gain),
      text_of_number(line.deducted),
      line.code,
      csv_field(line.message)};
  return fmt::format("{}\r\n", fmt::join(cells, ","));
}

std::string score_line(const GradeSheet& sheet) {
  return text_of_line({.kind = "score",
                       .name = sheet.identity.submission,
                       .result = !sheet.correct ? "not correct"
                                 : sheet.score  ? "correct"
                                                : "no score",
                       .points = sheet.score,
                       .max_points = sheet.max_score,
                       .deducted = sheet.deducted,
                       .message = noise_of(sheet)});
}

std::string_view result_of_share(std::size_t passed, std::size_t total) {
  return passed == total ? "passed" : "failed";
}

std::string half_lines(const GradeSheet& sheet) {
  std::string text;
  const auto line = [](std::string_view name, const PerformanceRow& row) {
    return Line{.kind = "half",
                .name = std::string(name),
                .result = result_of_share(row.passed, row.total),
                .points = row.points,
                .max_points = row.max_points};
  };
  if (sheet.utilization) {
    Line half = line("utilization", *sheet.utilization);
    half.utilization = sheet.utilization->mean;
    text += text_of_line(half);
  }
  if (sheet.throughput) {
    Line half = line("throughput", *sheet.throughput);
    half.speed = sheet.throughput->mean;
    text += text_of_line(half);
  }
  return text;
}

std::string static_line(const StaticFinding& finding) {
  return text_of_line({.kind = "static",
                       .name = finding.subject,
                       .result = "failed",
                       .code = code_of(finding.fault),
                       .message = finding.message});
}

std::string tier_lines(const TierRow& row) {
  std::string text = text_of_line({.kind = "tier",
                                   .name = std::string(title_of(row.tier)),
                                   .result = result_of_share(row.passed, row.total),
                                   .tier = name_of(row.tier),
                                   .points = row.points,
                                   .max_points = row.max_points,
                                   .deducted = row.deducted,
                                   .message = fmt::format("{} of {} items pass", row.passed, row.total)});
  for (const RepeatedCheck& check : row.checks) {
    text += text_of_line({.kind = "check",
                          .name = code_of(check.fault),
                          .result = check.passed()    ? "passed"
                                    : check.made == 0 ? "not run"
                                                      : "failed",
                          .tier = name_of(row.tier),
                          .code = code_of(check.fault),
                          .message = check_text_of(check)});
  }
  return text;
}

std::string fuzz_lines(const FuzzPart& part) {
  const bool ran = part.hunt.not_run.empty();
  std::string text = text_of_line({.kind = "fuzz",
                                   .name = fuzz_title_of(part),
                                   .result = !ran ? "not run" : part.hunt.findings.empty() ? "passed" : "failed",
                                   .deducted = part.deducted,
                                   .message = fmt::format("{}", fmt::join(fuzz_remarks_of(part), "; "))});
  for (std::size_t i = 0; i < part.hunt.findings.size(); ++i) {
    const FuzzFinding& finding = part.hunt.findings[i];
    const Finding& what = *finding_of(finding.result);
    text += text_of_line({.kind = "found",
                          .name = finding.function,
                          .result = "failed",
                          .tier = name_of(finding.result.tier),
                          .requests = std::to_string(finding.result.requests),
                          .deducted = part.costs[i],
                          .code = code_of(what.fault),
                          .message = describe(what) + and_symptoms_of(finding)});
  }
  return text;
}

std::string trace_line(const TraceRow& row) {
  const TraceResult& result = row.result;
  if (result.hidden) return text_of_line({.kind = "trace", .name = result.name, .result = result_of(row)});
  const Finding* finding = finding_of(result);
  const bool has_profile = result.examination && result.examination->profile;
  return text_of_line({.kind = "trace",
                       .name = result.name,
                       .result = result_of(row),
                       .tier = name_of(result.tier),
                       .requests = std::to_string(result.requests),
                       .profile = has_profile ? &*result.examination->profile : nullptr,
                       .measurement = result.measurement ? &*result.measurement : nullptr,
                       .points = row.points,
                       .to_gain = row.to_gain,
                       .code = finding != nullptr ? code_of(finding->fault) : "",
                       .message = finding != nullptr ? describe(*finding) : result.not_run});
}

struct Lines {
  std::string operator()(const GradeSheet& sheet) const {
    std::string text = score_line(sheet) + half_lines(sheet);
    for (const StaticFinding& finding : sheet.static_findings) text += static_line(finding);
    for (const TierRow& row : sheet.tiers) text += tier_lines(row);
    for (const TraceRow& row : sheet.traces) text += trace_line(row);
    if (sheet.fuzz) text += fuzz_lines(*sheet.fuzz);
    return text;
  }

  std::string operator()(const NotBuilt& built) const {
    const std::vector<std::string> lines = compiler_lines_of(built);
    const auto is_error = [](const std::string& line) { return line.find("error: ") != line.npos; };
    const auto error = std::ranges::find_if(lines, is_error);
    return text_of_line({.kind = "score",
                         .name = built.submission,
                         .result = "not built",
                         .points = 0.0,
                         .message = error == lines.end() ? built.failed.command : *error});
  }

  std::string operator()(const NotGraded& graded) const {
    return text_of_line({.kind = "score", .name = graded.submission, .result = "not graded", .message = graded.why});
  }
};

}  // namespace

std::string csv_of(const Outcome& outcome) {
  return std::string(kHeading) + std::visit(Lines{}, outcome);
}

}  // namespace heapjudge
