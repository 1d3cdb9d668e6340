// Rows and columns: the width that is left over goes to the names, then to the sparkline.
#include "reports/trace_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "oracle/fault.h"
#include "reports/layout.h"
#include "reports/change_text.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMark = 3;
constexpr std::size_t kTier = 5;
constexpr std::size_t kRequests = 9;
constexpr std::size_t kUtilization = 6;
constexpr std::size_t kShare = 6;
constexpr std::size_t kSpeed = 7;
constexpr std::size_t kPoints = 7;
constexpr std::size_t kToGain = 6;      // its heading is "gain"
constexpr std::size_t kWideToGain = 9;  // "to gain"
constexpr std::size_t kSince = 7;
constexpr std::size_t kShortestName = 7;  // where the change has a column
constexpr std::size_t kWidestName = 28;
constexpr std::size_t kNarrowestSpark = 6;
constexpr std::size_t kWidestSpark = 32;
constexpr std::size_t kColumnGap = 2;

// What a column with the speed of the submission itself shows; never scored.
struct Pace {
  std::string_view heading;
  std::string text;
};

Pace pace_of(const TraceResult& result) {
  const Measurement& measurement = *result.measurement;
  const auto requests = static_cast<double>(result.requests);
  const double cost = measurement.subject_cost;
  switch (measurement.clock) {
    case CostClock::kCpuTime:
      return {"Mreq/s", cost > 0 ? fmt::format("{:.1f}", requests / cost / 1e6) : "-"};
    case CostClock::kInstructions:
      return {"ins/req", requests > 0 ? fmt::format("{:.0f}", cost / requests) : "-"};
  }
  return {};
}

struct Columns {
  std::size_t name = 0;
  std::size_t tier = 0;  // 0: left out
  std::size_t requests = kRequests;
  std::size_t spark = 0;  // 0: left out
  std::size_t heap = 6;
  std::size_t speed = 0;  // 0: left out
  std::size_t pace = 0;   // 0: left out
  std::string_view pace_heading;
  std::size_t to_gain = kToGain;
  std::size_t since = 0;  // 0: left out

  std::size_t spark_with_gap() const { return spark == 0 ? 0 : spark + kColumnGap; }
  std::size_t middle() const { return kUtilization + spark_with_gap() + heap + 2 * kShare + speed + pace; }
};

const HeapProfile* shown_profile(const TraceRow& row) {
  return row.passed && row.result.examination && row.result.examination->profile
             ? &*row.result.examination->profile
             : nullptr;
}

// The widths that the contents of the table ask for; `pace` is not granted yet.
Columns wanted_columns(const GradeSheet& sheet, const TextStyle& style, std::size_t& longest_name,
                       std::size_t& pace) {
  Columns columns;
  if (sheet.throughput) columns.speed = kSpeed;
  for (const TraceRow& row : sheet.traces) {
    longest_name = std::max(longest_name, width_of(printable(row.result.name, style.unicode)));
    columns.requests = std::max(columns.requests, width_of(grouped(row.result.requests)) + 1);
    if (const HeapProfile* profile = shown_profile(row)) {
      columns.heap = std::max(columns.heap, width_of(kibibytes(profile->heap_bytes)) + kColumnGap);
    }
    if (!row.result.measurement) continue;
    const Pace shown = pace_of(row.result);
    columns.speed = std::max({columns.speed, kSpeed, width_of(speed_text(row.result.measurement->speed)) + 1});
    columns.pace_heading = shown.heading;
    pace = std::max({pace, width_of(shown.heading) + 1, width_of(shown.text) + 1});
  }
  return columns;
}

// What is left over goes to the tier, the sparkline, the pace, and to more of the sparkline.
Columns columns_for(const GradeSheet& sheet, const TextStyle& style) {
  std::size_t longest = 5;
  std::size_t pace = 0;
  Columns columns = wanted_columns(sheet, style, longest, pace);
  const std::size_t fixed = kMark + columns.requests + columns.middle() + kPoints + columns.to_gain;
  const std::size_t wide = style.columns > fixed ? style.columns - fixed : 0;
  const bool has_since = sheet.comparison && wide >= kShortestName + kSince;
  const std::size_t spare = wide - (has_since ? kSince : 0);
  if (has_since) columns.since = kSince;
  columns.name = std::min({longest, kWidestName, std::max<std::size_t>(spare, 5)});
  std::size_t left = spare > columns.name ? spare - columns.name : 0;
  const auto grant = [&left](std::size_t width) {
    const bool fits = left >= width;
    left -= fits ? width : 0;
    return fits;
  };
  if (sheet.tiers.size() > 1 && grant(kTier)) columns.tier = kTier;
  if (grant(kNarrowestSpark + kColumnGap)) columns.spark = kNarrowestSpark;
  if (pace > 0 && grant(pace)) columns.pace = pace;
  if (grant(kWideToGain - kToGain)) columns.to_gain = kWideToGain;
  if (columns.spark > 0) columns.spark = std::min(columns.spark + left, kWidestSpark);
  return columns;
}

std::string heading(const Columns& columns, const Paint& paint) {
  std::string text(kMark, ' ');
  text += left_aligned("trace", columns.name);
  if (columns.tier > 0) text += " " + left_aligned("tier", columns.tier - 1);
  text += right_aligned("requests", columns.requests) + right_aligned("util%", kUtilization);
  constexpr std::string_view kOverTime = "over time";
  const std::string_view over_time = columns.spark < kOverTime.size() ? "time" : kOverTime;
  if (columns.spark > 0) text += "  " + left_aligned(over_time, columns.spark);
  text += right_aligned("heap", columns.heap) + right_aligned("int%", kShare) + right_aligned("ext%", kShare);
  if (columns.speed > 0) text += right_aligned("speed", columns.speed);
  if (columns.pace > 0) text += right_aligned(columns.pace_heading, columns.pace);
  text += right_aligned("points", kPoints);
  text += right_aligned(columns.to_gain > kToGain ? "to gain" : "gain", columns.to_gain);
  if (columns.since > 0) text += right_aligned("since", columns.since);
  return paint.quiet(text) + "\n";
}

std::string measured(const TraceResult& result, const Columns& columns, bool unicode) {
  const HeapProfile& profile = *result.examination->profile;
  const std::optional<Measurement>& measurement = result.measurement;
  std::string text = right_aligned(percent(profile.utilization), kUtilization);
  if (columns.spark > 0) text += "  " + sparkline(profile, columns.spark, unicode);
  text += right_aligned(kibibytes(profile.heap_bytes), columns.heap);
  text += right_aligned(percent(profile.internal_fraction), kShare);
  text += right_aligned(percent(profile.external_fraction), kShare);
  if (columns.speed > 0) text += right_aligned(measurement ? speed_text(measurement->speed) : "-", columns.speed);
  if (columns.pace > 0) text += right_aligned(measurement ? pace_of(result).text : "-", columns.pace);
  return text;
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
  if (!row.ran) return paint.doubtful("-");
  if (!row.passed) return paint.bad(unicode ? "✗" : "x");
  if (row.charged) return paint.doubtful("!");
  return paint.good(unicode ? "✓" : "+");
}

// Why there are no figures: what went wrong is cut here and told below the table; why a trace did not run is
// told here alone.
std::vector<std::string> reason_of(const TraceRow& row, std::size_t columns, bool unicode) {
  if (row.result.hidden) return {!row.ran ? "hidden: not run" : row.passed ? "hidden: passed" : "hidden: failed"};
  if (const Finding* finding = finding_of(row.result)) {
    return {clipped(printable(short_text_of(*finding), unicode), columns, unicode)};
  }
  return wrapped(printable("not run: " + row.result.not_run, unicode), columns, 0);
}

// What stands left of the figures, the mark apart.
std::string left_of(const TraceRow& row, const Columns& columns, bool unicode) {
  std::string text = left_aligned(clipped(printable(row.result.name, unicode), columns.name, unicode),
                                  columns.name);
  if (row.result.hidden) return text + std::string(columns.tier + columns.requests, ' ');
  if (columns.tier > 0) text += " " + left_aligned(name_of(row.result.tier), columns.tier - 1);
  return text + right_aligned(grouped(row.result.requests), columns.requests);
}

// A row of the sheet with what has become of it since the run that it is compared with.
struct ShownRow {
  const TraceRow& row;
  std::string since;  // padded to its column; empty where nothing is to be told
};

std::string row_without_figures(const ShownRow& shown, const Columns& columns, const TextStyle& style) {
  const TraceRow& row = shown.row;
  const std::size_t room = columns.middle() - kColumnGap + (row.points ? 0 : kPoints + columns.to_gain);
  const std::string left = left_of(row, columns, style.unicode);
  std::string text = left;
  std::string points = points_of(row, columns) + shown.since;
  for (const std::string& line : reason_of(row, room, style.unicode)) {
    if (text != left) text += "\n" + std::string(kMark + width_of(left), ' ');
    text += std::string(kColumnGap, ' ') + (points.empty() ? line : left_aligned(line, room) + points);
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

std::string row_text(const ShownRow& shown, const Columns& columns, const TextStyle& style) {
  const TraceRow& row = shown.row;
  const Paint paint(style.colour);
  const std::string start = " " + mark_of(row, style.unicode, paint) + " ";
  if (shown_profile(row) == nullptr) {
    return start + row_without_figures(shown, columns, style) + "\n";
  }
  std::string text = start + left_of(row, columns, style.unicode) +
                     measured(row.result, columns, style.unicode);
  text += row.points ? points_of(row, columns) : right_aligned("-", kPoints) + right_aligned("-", columns.to_gain);
  text += shown.since;
  if (row.charged) text += "\n" + paint.doubtful(charge_of(row, style));
  return text + "\n";
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
  for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
    const TraceRow& row = sheet.traces[i];
    std::string since = columns.since > 0 ? change_text(row, sheet.comparison->traces[i]) : "";
    if (!since.empty()) since = right_aligned(since, columns.since);
    text += row_text({row, since}, columns, style);
  }
  return text;
}

}  // namespace heapjudge
