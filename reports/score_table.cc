// A line for each tier, one for the utilization, one for the throughput.
#include "reports/score_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "reports/fuzz_part.h"
#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"
#include "reports/sheet_words.h"

namespace heapjudge {
namespace {

constexpr std::size_t kIndent = 7;
constexpr std::size_t kTitle = 33;
constexpr std::size_t kValue = 7;
constexpr std::size_t kAmount = 10;

// "4.0 of 7", or "-4.0 of -7" where failures cost points.
std::string amount_of(const TierRow& row) {
  std::string text;
  if (row.max_points > 0) text = fmt::format("{:>5} of {:g}", points_text(row.points), row.max_points);
  if (row.max_deducted > 0) {
    text = fmt::format("{:>5} of -{:g}", (row.deducted > 0 ? "-" : "") + points_text(row.deducted),
                       row.max_deducted);
  }
  return text;
}

std::string line_of(std::string_view title, const std::string& value, const std::string& amount) {
  return left_aligned(title, kTitle) + right_aligned(value, kValue) + "  " + amount;
}

std::string tier_text(const TierRow& row, const TextStyle& style) {
  const Paint paint(style.colour);
  const bool all = row.passed == row.total;
  const std::string mark = all ? paint.good(style.unicode ? "✓" : "+") : paint.bad(style.unicode ? "✗" : "x");
  const std::string amount = amount_of(row);
  std::string text = fmt::format(" {} {}  ", mark, name_of(row.tier)) +
                     line_of(title_of(row.tier), fmt::format("{}/{}", row.passed, row.total),
                             row.decides ? left_aligned(amount, kAmount) + "   must pass" : amount);
  text = text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
  for (const RepeatedCheck& check : row.checks) {
    if (check.passed()) continue;
    const std::string line = std::string(kIndent, ' ') + check_text_of(check);
    text += paint.doubtful(clipped(line, style.columns, style.unicode)) + "\n";
  }
  return text;
}

std::string fuzz_text(const FuzzPart& part, const TextStyle& style) {
  const Paint paint(style.colour);
  std::string mark = part.hunt.findings.empty() ? paint.good(style.unicode ? "✓" : "+")
                                                : paint.bad(style.unicode ? "✗" : "x");
  if (!part.hunt.not_run.empty()) mark = " ";
  const std::string result = fuzz_result_of(part);
  const std::string line = left_aligned(fuzz_title_of(part), kTitle + kValue - width_of(result)) + result;
  const std::string amount = fuzz_amount_of(part);
  const std::size_t indent = 5 - std::min<std::size_t>(amount.find(" of"), 5);
  std::vector<std::string> parts{fmt::format(" {}     {}  {}{}", mark, line, std::string(indent, ' '), amount)};
  if (part.rules.decides) parts.emplace_back("P0 must find nothing");
  std::string text;
  for (const std::string& row : laid_out(parts, {.between = "   ", .columns = style.columns, .indent = kIndent})) {
    text += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
  }
  for (const std::string& remark : fuzz_remarks_of(part)) {
    const std::string row = std::string(kIndent, ' ') + printable(remark, style.unicode);
    text += paint.doubtful(clipped(row, style.columns, style.unicode)) + "\n";
  }
  return text;
}

std::string_view mean_name(Mean mean) {
  switch (mean) {
    case Mean::kArithmetic:
      return "mean";
    case Mean::kHarmonic:
      return "harmonic mean";
    case Mean::kGeometric:
      return "geometric mean";
    case Mean::kTotal:
      return "total of all costs";
  }
  return "";
}

// The line of one half and what is to be said of it, as far as it fits beside it.
std::string half_text(const std::string& line, std::vector<std::string> remarks, const TextStyle& style) {
  remarks.insert(remarks.begin(), std::string(kIndent, ' ') + line);
  std::string text;
  for (const std::string& row :
       laid_out(remarks, {.between = "   ", .columns = style.columns, .indent = kIndent})) {
    text += row + "\n";
  }
  return text;
}

void remark_failures(const PerformanceRow& row, std::vector<std::string>& remarks) {
  if (row.passed < row.total) remarks.push_back(fmt::format("{} of {} traces pass", row.passed, row.total));
}

std::string earned_of(const PerformanceRow& row) {
  return fmt::format("{:>5} of {:g}", points_text(row.points), row.max_points);
}

std::string utilization_text(const GradeSheet& sheet, const TextStyle& style) {
  if (!sheet.utilization) return "";
  const PerformanceRules& rules = sheet.scoring.utilization;
  std::vector<std::string> remarks;
  const Curve plain;
  if (rules.curve != plain) {
    const std::string_view who = rules.curve_of == CurveOf::kTrace ? "each " : "";
    remarks.push_back(
        fmt::format("{}from {:g} to {:g} %", who, rules.curve.zero * 100, rules.curve.full * 100));
  }
  remark_failures(*sheet.utilization, remarks);
  const std::string title = fmt::format("utilization, {} in %", mean_name(rules.mean));
  const std::string mean = sheet.utilization->mean ? percent(*sheet.utilization->mean) : "-";
  return half_text(line_of(title, mean, earned_of(*sheet.utilization)), std::move(remarks), style);
}

std::string throughput_text(const GradeSheet& sheet, const TextStyle& style) {
  const PerformanceRules& rules = sheet.scoring.throughput;
  if (!sheet.throughput) {
    if (rules.points <= 0) return "";
    const std::string line = line_of("throughput", "-", fmt::format("{:>5} of {:g}", "-", rules.points));
    return half_text(line, {"not measured, so left out"}, style);
  }
  std::vector<std::string> remarks;
  const std::string from = rules.curve.zero > 0 ? fmt::format("from {:g}x to", rules.curve.zero) : "to";
  remarks.push_back(fmt::format("{}{} {:g}x of {}", rules.curve_of == CurveOf::kTrace ? "each " : "", from,
                                rules.curve.full, sheet.scoring.measuring.reference));
  remarks.emplace_back(sheet.scoring.measuring.clock == CostClock::kCpuTime ? "CPU time" : "instructions");
  remark_failures(*sheet.throughput, remarks);
  const std::string title = fmt::format("throughput, {}", mean_name(rules.mean));
  const std::string mean = sheet.throughput->mean ? speed_text(*sheet.throughput->mean) : "-";
  return half_text(line_of(title, mean, earned_of(*sheet.throughput)), std::move(remarks), style);
}

}  // namespace

std::string score_table_of(const GradeSheet& sheet, const TextStyle& style) {
  std::string text;
  for (const TierRow& row : sheet.tiers) text += tier_text(row, style);
  if (sheet.fuzz) text += fuzz_text(*sheet.fuzz, style);
  return text + utilization_text(sheet, style) + throughput_text(sheet, style);
}

}  // namespace heapjudge
