// Rows and columns: the width that is left over goes to the names, then to the sparkline.
#include "reports/trace_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "oracle/fault.h"
#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMark = 3;
constexpr std::size_t kTier = 6;
constexpr std::size_t kRequests = 10;
constexpr std::size_t kUtilization = 7;
constexpr std::size_t kHeap = 11;
constexpr std::size_t kShare = 6;
constexpr std::size_t kPoints = 8;
constexpr std::size_t kToGain = 9;
constexpr std::size_t kFixed = kMark + kRequests + kUtilization + kHeap + 2 * kShare + kPoints + kToGain;
constexpr std::size_t kWidestName = 28;
constexpr std::size_t kNarrowestSpark = 9;  // its heading is "over time"
constexpr std::size_t kWidestSpark = 32;
constexpr std::size_t kSparkGap = 2;

struct Columns {
  std::size_t name = 0;
  std::size_t tier = 0;   // 0: left out
  std::size_t spark = 0;  // 0: left out

  std::size_t spark_with_gap() const { return spark == 0 ? 0 : spark + kSparkGap; }
  std::size_t middle() const { return kUtilization + spark_with_gap() + kHeap + 2 * kShare; }
};

Columns columns_for(const GradeSheet& sheet, const TextStyle& style) {
  Columns columns;
  std::size_t longest = 5;
  for (const TraceRow& row : sheet.traces) {
    longest = std::max(longest, width_of(printable(row.result.name, style.unicode)));
  }
  const std::size_t spare = style.columns > kFixed ? style.columns - kFixed : 0;
  columns.name = std::min({longest, kWidestName, std::max<std::size_t>(spare, 5)});
  std::size_t left = spare > columns.name ? spare - columns.name : 0;
  if (sheet.tiers.size() > 1 && left >= kTier) {
    columns.tier = kTier;
    left -= kTier;
  }
  if (left >= kNarrowestSpark + kSparkGap) columns.spark = std::min(left - kSparkGap, kWidestSpark);
  return columns;
}

std::string heading(const Columns& columns, const Paint& paint) {
  std::string text(kMark, ' ');
  text += left_aligned("trace", columns.name);
  if (columns.tier > 0) text += "  " + left_aligned("tier", columns.tier - 2);
  text += right_aligned("requests", kRequests) + right_aligned("util%", kUtilization);
  if (columns.spark > 0) text += "  " + left_aligned("over time", columns.spark);
  text += right_aligned("heap", kHeap) + right_aligned("int%", kShare) + right_aligned("ext%", kShare);
  text += right_aligned("points", kPoints) + right_aligned("to gain", kToGain);
  return paint.quiet(text) + "\n";
}

std::string measured(const HeapProfile& profile, const Columns& columns, bool unicode) {
  std::string text = right_aligned(percent(profile.utilization), kUtilization);
  if (columns.spark > 0) text += "  " + sparkline(profile, columns.spark, unicode);
  text += right_aligned(kibibytes(profile.heap_bytes), kHeap);
  text += right_aligned(percent(profile.internal_fraction), kShare);
  return text + right_aligned(percent(profile.external_fraction), kShare);
}

std::string finding_text(const Finding& finding) {
  const std::string where = finding.request == 0 ? "" : fmt::format("#{} ", finding.request);
  return fmt::format("[{}] {}{}", code_of(finding.fault), where, describe(finding));
}

std::string optional_points(const std::optional<double>& points) {
  return points ? points_text(*points) : "-";
}

// What stands in the columns from the utilization on.
std::string right_of(const TraceRow& row, const Columns& columns, const TextStyle& style) {
  const TraceResult& result = row.result;
  const std::string points = right_aligned(optional_points(row.points), kPoints) +
                             right_aligned(optional_points(row.to_gain), kToGain);
  if (row.passed && result.examination->profile) {
    return measured(*result.examination->profile, columns, style.unicode) + points;
  }
  const Finding* finding = finding_of(row.result);
  const std::string text =
      printable(finding != nullptr ? finding_text(*finding) : "not run: " + result.not_run, style.unicode);
  if (!row.points) return "  " + clipped(text, columns.middle() + kPoints + kToGain - 2, style.unicode);
  return left_aligned("  " + clipped(text, columns.middle() - 2, style.unicode), columns.middle()) + points;
}

std::string mark_of(const TraceRow& row, bool unicode, const Paint& paint) {
  if (!row.result.examination) return paint.doubtful("-");
  if (!row.passed) return paint.bad(unicode ? "✗" : "x");
  if (row.charged) return paint.doubtful("!");
  return paint.good(unicode ? "✓" : "+");
}

std::string row_text(const TraceRow& row, const Columns& columns, const TextStyle& style) {
  const Paint paint(style.colour);
  const std::string name = clipped(printable(row.result.name, style.unicode), columns.name, style.unicode);
  std::string text = left_aligned(name, columns.name);
  if (columns.tier > 0) text += "  " + left_aligned(name_of(row.result.tier), columns.tier - 2);
  text += right_aligned(grouped(row.result.requests), kRequests);
  text += right_of(row, columns, style);
  text = " " + mark_of(row, style.unicode, paint) + " " + text + "\n";
  if (!row.passed || !row.charged) return text;
  const std::string charged =
      fmt::format("{}: {}", name_of(*row.charged), finding_text(*finding_of(row.result)));
  return text + "     " +
         paint.doubtful(clipped(printable(charged, style.unicode), style.columns - 5, style.unicode)) + "\n";
}

}  // namespace

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
  const Paint paint(style.colour);
  std::string text;
  for (const TierRow& row : sheet.tiers) {
    const bool all = row.passed == row.total;
    const std::string mark =
        all ? paint.good(style.unicode ? "✓" : "+") : paint.bad(style.unicode ? "✗" : "x");
    text += fmt::format(" {} {}  {}{}  {:>5} of {:g}{}\n", mark, name_of(row.tier),
                        left_aligned(title_of(row.tier), 33),
                        right_aligned(fmt::format("{}/{}", row.passed, row.total), 7),
                        points_text(row.points), row.max_points, row.decides ? "   decides" : "");
  }
  return text;
}

}  // namespace heapjudge
