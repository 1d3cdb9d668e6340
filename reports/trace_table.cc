// Rows and columns: the width that is left over goes to the names, then to the sparkline.
#include "reports/trace_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "oracle/fault.h"
#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMark = 3;
constexpr std::size_t kTier = 6;
constexpr std::size_t kRequests = 9;
constexpr std::size_t kUtilization = 6;
constexpr std::size_t kHeap = 10;
constexpr std::size_t kShare = 6;
constexpr std::size_t kPoints = 7;
constexpr std::size_t kToGain = 8;
constexpr std::size_t kFixed = kMark + kUtilization + kHeap + 2 * kShare + kPoints + kToGain;
constexpr std::size_t kWidestName = 28;
constexpr std::size_t kNarrowestSpark = 9;  // its heading is "over time"
constexpr std::size_t kWidestSpark = 32;
constexpr std::size_t kSparkGap = 2;
constexpr std::size_t kReasonGap = 2;
constexpr std::size_t kTierTitle = 33;
constexpr std::size_t kTierShare = 7;

struct Columns {
  std::size_t name = 0;
  std::size_t tier = 0;   // 0: left out
  std::size_t requests = kRequests;
  std::size_t spark = 0;  // 0: left out
  std::size_t to_gain = kToGain;

  std::size_t spark_with_gap() const { return spark == 0 ? 0 : spark + kSparkGap; }
  std::size_t middle() const { return kUtilization + spark_with_gap() + kHeap + 2 * kShare; }
};

Columns columns_for(const GradeSheet& sheet, const TextStyle& style) {
  Columns columns;
  std::size_t longest = 5;
  for (const TraceRow& row : sheet.traces) {
    longest = std::max(longest, width_of(printable(row.result.name, style.unicode)));
    columns.requests = std::max(columns.requests, width_of(grouped(row.result.requests)) + 1);
  }
  const std::size_t fixed = kFixed + columns.requests;
  const std::size_t spare = style.columns > fixed ? style.columns - fixed : 0;
  columns.name = std::min({longest, kWidestName, std::max<std::size_t>(spare, 5)});
  std::size_t left = spare > columns.name ? spare - columns.name : 0;
  if (sheet.tiers.size() > 1 && left >= kTier) {
    columns.tier = kTier;
    left -= kTier;
  }
  if (left > 0) {
    columns.to_gain += 1;
    left -= 1;
  }
  if (left >= kNarrowestSpark + kSparkGap) columns.spark = std::min(left - kSparkGap, kWidestSpark);
  return columns;
}

std::string heading(const Columns& columns, const Paint& paint) {
  std::string text(kMark, ' ');
  text += left_aligned("trace", columns.name);
  if (columns.tier > 0) text += "  " + left_aligned("tier", columns.tier - 2);
  text += right_aligned("requests", columns.requests) + right_aligned("util%", kUtilization);
  if (columns.spark > 0) text += "  " + left_aligned("over time", columns.spark);
  text += right_aligned("heap", kHeap) + right_aligned("int%", kShare) + right_aligned("ext%", kShare);
  text += right_aligned("points", kPoints);
  text += right_aligned(columns.to_gain > kToGain ? "to gain" : "gain", columns.to_gain);
  return paint.quiet(text) + "\n";
}

std::string measured(const HeapProfile& profile, const Columns& columns, bool unicode) {
  std::string text = right_aligned(percent(profile.utilization), kUtilization);
  if (columns.spark > 0) text += "  " + sparkline(profile, columns.spark, unicode);
  text += right_aligned(kibibytes(profile.heap_bytes), kHeap);
  text += right_aligned(percent(profile.internal_fraction), kShare);
  return text + right_aligned(percent(profile.external_fraction), kShare);
}

std::string optional_points(const std::optional<double>& points) {
  return points ? points_text(*points) : "-";
}

std::string points_of(const TraceRow& row, const Columns& columns) {
  if (!row.points) return "";
  return right_aligned(points_text(*row.points), kPoints) +
         right_aligned(optional_points(row.to_gain), columns.to_gain);
}

std::string mark_of(const TraceRow& row, bool unicode, const Paint& paint) {
  if (!row.result.examination) return paint.doubtful("-");
  if (!row.passed) return paint.bad(unicode ? "✗" : "x");
  if (row.charged) return paint.doubtful("!");
  return paint.good(unicode ? "✓" : "+");
}

// Why there are no figures: what went wrong is cut here and told below the table; why a trace did not run is
// told here alone.
std::vector<std::string> reason_of(const TraceRow& row, std::size_t columns, bool unicode) {
  if (const Finding* finding = finding_of(row.result)) {
    return {clipped(printable(short_text_of(*finding), unicode), columns, unicode)};
  }
  return wrapped(printable("not run: " + row.result.not_run, unicode), columns, 0);
}

// What stands left of the figures, the mark apart.
std::string left_of(const TraceRow& row, const Columns& columns, bool unicode) {
  std::string text = left_aligned(clipped(printable(row.result.name, unicode), columns.name, unicode),
                                  columns.name);
  if (columns.tier > 0) text += "  " + left_aligned(name_of(row.result.tier), columns.tier - 2);
  return text + right_aligned(grouped(row.result.requests), columns.requests);
}

std::string row_without_figures(const TraceRow& row, const Columns& columns, const TextStyle& style) {
  const std::size_t room = columns.middle() - kReasonGap + (row.points ? 0 : kPoints + columns.to_gain);
  const std::string left = left_of(row, columns, style.unicode);
  std::string text = left;
  std::string points = points_of(row, columns);
  for (const std::string& line : reason_of(row, room, style.unicode)) {
    if (text != left) text += "\n" + std::string(kMark + width_of(left), ' ');
    text += std::string(kReasonGap, ' ') + (points.empty() ? line : left_aligned(line, room) + points);
    points.clear();
  }
  return text;
}

// Its own run is sound, and a repetition of it is not.
std::string charge_of(const TraceRow& row, const TextStyle& style) {
  const std::string text = fmt::format("a repetition failed, which costs {}: {}", name_of(*row.charged),
                                       short_text_of(*finding_of(row.result)));
  return "     " + clipped(printable(text, style.unicode), style.columns - 5, style.unicode);
}

std::string row_text(const TraceRow& row, const Columns& columns, const TextStyle& style) {
  const Paint paint(style.colour);
  const std::string start = " " + mark_of(row, style.unicode, paint) + " ";
  if (!row.passed || !row.result.examination->profile) {
    return start + row_without_figures(row, columns, style) + "\n";
  }
  std::string text = start + left_of(row, columns, style.unicode) +
                     measured(*row.result.examination->profile, columns, style.unicode);
  text += row.points ? points_of(row, columns) : right_aligned("-", kPoints) + right_aligned("-", columns.to_gain);
  if (row.charged) text += "\n" + paint.doubtful(charge_of(row, style));
  return text + "\n";
}

std::string check_text(const RepeatedCheck& check, const TextStyle& style) {
  std::string_view what;
  if (check.fault == Fault::kInitDoesNotReset) what = "a second run in the process";
  if (check.fault == Fault::kDependsOnOldBytes) what = "a run in memory that is not zero";
  if (check.fault == Fault::kRefusalMishandled) what = "a run with a refused growth";
  const std::string outcome =
      check.made == 0 ? std::string("no trace got that far")
                      : fmt::format("fails on {} of {} traces", check.failed, check.made);
  const std::string text = fmt::format("       {}, {}: {}", code_of(check.fault), what, outcome);
  return clipped(text, style.columns, style.unicode);
}

std::string tier_text(const TierRow& row, const TextStyle& style) {
  const Paint paint(style.colour);
  const bool all = row.passed == row.total;
  const std::string mark =
      all ? paint.good(style.unicode ? "✓" : "+") : paint.bad(style.unicode ? "✗" : "x");
  std::string text =
      fmt::format(" {} {}  {}{}  {:>5} of {:g}{}\n", mark, name_of(row.tier),
                  left_aligned(title_of(row.tier), kTierTitle),
                  right_aligned(fmt::format("{}/{}", row.passed, row.total), kTierShare),
                  points_text(row.points), row.max_points, row.decides ? "   must pass" : "");
  for (const RepeatedCheck& check : row.checks) {
    if (!check.passed()) text += paint.doubtful(check_text(check, style)) + "\n";
  }
  return text;
}

std::string utilization_text(const GradeSheet& sheet) {
  if (!sheet.mean_utilization) return "";
  return fmt::format("       {}{}  {:>5} of {:g}\n", left_aligned("utilization, mean in %", kTierTitle),
                     right_aligned(percent(*sheet.mean_utilization), kTierShare),
                     points_text(sheet.utilization_points), sheet.max_utilization_points);
}

}  // namespace

std::string short_text_of(const Finding& finding) {
  const std::string where = finding.request == 0 ? "" : fmt::format("#{} ", finding.request);
  return fmt::format("[{}] {}{}", code_of(finding.fault), where, describe(finding));
}

std::string sparkline(const HeapProfile& profile, std::size_t cells, bool unicode) {
  constexpr std::array<std::string_view, 8> kBlocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  constexpr std::array<std::string_view, 8> kAscii{".", ":", "-", "=", "+", "*", "%", "#"};
  std::string text;
  std::uint64_t payload = 0;
  std::uint64_t heap = 0;
  std::size_t next = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const std::size_t end = (cell + 1) * profile.samples.size() / cells;
    for (; next < end; ++next) {
      payload = std::max(payload, profile.samples[next].payload_bytes);
      heap = std::max(heap, profile.samples[next].heap_bytes);
    }
    const double share = heap == 0 ? 0 : static_cast<double>(payload) / static_cast<double>(heap);
    const auto level = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * 7 + 0.5);
    text += heap == 0 ? " " : unicode ? kBlocks[level] : kAscii[level];
  }
  return text;
}

std::string trace_table_of(const GradeSheet& sheet, const TextStyle& style) {
  const Columns columns = columns_for(sheet, style);
  std::string text = heading(columns, Paint(style.colour));
  for (const TraceRow& row : sheet.traces) text += row_text(row, columns, style);
  return text;
}

std::string tier_table_of(const GradeSheet& sheet, const TextStyle& style) {
  std::string text;
  for (const TierRow& row : sheet.tiers) text += tier_text(row, style);
  return text + utilization_text(sheet);
}

}  // namespace heapjudge
