// Adds up in words what grade() added up in numbers.
#include "reports/score_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/change_text.h"
#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::size_t kScoreIndent = 12;
constexpr std::size_t kWinsIndent = 17;
constexpr double kWorthNaming = 0.5;  // points
constexpr std::size_t kMostWins = 3;

// A tier with checks has items that are not traces.
std::string shortfall_of(const TierRow& row) {
  return fmt::format("{} of {} {} {} pass", row.passed, row.total, name_of(row.tier),
                     row.checks.empty() ? "traces" : "items");
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : &word == &words.back() ? " and " : ", ") + word;
  }
  return text;
}

// What "correct" means here, and what is in its way.
std::string verdict_of(const GradeSheet& sheet) {
  if (!sheet.static_findings.empty()) {
    const std::string_view cost = sheet.scoring.static_finding_points ? "" : ", no points";
    return fmt::format("not correct{}: see the errors at the top (exit status 1)", cost);
  }
  std::vector<std::string> deciding;
  std::vector<std::string> shortfalls;
  for (const TierRow& row : sheet.tiers) {
    if (!row.decides) continue;
    deciding.emplace_back(name_of(row.tier));
    if (row.passed < row.total) shortfalls.push_back(shortfall_of(row));
  }
  if (sheet.fuzz && sheet.fuzz->decided) shortfalls.emplace_back("fuzzing found a failure in P0");
  if (!sheet.correct) return "not correct: " + listed(shortfalls) + " (exit status 1)";
  const std::string status = sheet.score ? "" : " (exit status 6)";
  return (deciding.empty() ? "correct" : "correct: all of " + listed(deciding) + " passes") + status;
}

std::string term(double points, std::string_view what, double most) {
  return fmt::format("{} {} (of {:g})", points_text(points), what, most);
}

std::string geometric_term(const PerformanceRow& utilization, const PerformanceRow& throughput) {
  const std::string what = fmt::format("geometric mean of {} % utilization and {} % throughput",
                                       percent(utilization.share), percent(throughput.share));
  return term(utilization.points + throughput.points, what, utilization.max_points + throughput.max_points);
}

// What the score is the sum of: what is added, then what is taken away.
std::string sum_of(const GradeSheet& sheet) {
  std::vector<std::string> terms;
  const bool geometric =
      sheet.scoring.combine == Combine::kGeometric && sheet.utilization && sheet.throughput;
  if (geometric) {
    terms.push_back(geometric_term(*sheet.utilization, *sheet.throughput));
  } else {
    if (sheet.utilization)
      terms.push_back(term(sheet.utilization->points, "utilization", sheet.utilization->max_points));
    if (sheet.throughput)
      terms.push_back(term(sheet.throughput->points, "throughput", sheet.throughput->max_points));
  }
  double points = 0;
  double most = 0;
  for (const TierRow& row : sheet.tiers) {
    points += row.points;
    most += row.max_points;
  }
  if (most > 0) terms.push_back(term(points, "correctness", most));
  std::string text = fmt::format("{}", fmt::join(terms, " + "));
  if (sheet.deducted > 0) text += fmt::format(" - {} deducted", points_text(sheet.deducted));
  const bool all_lost = !sheet.static_findings.empty() && !sheet.scoring.static_finding_points;
  return all_lost || (terms.size() < 2 && !geometric && sheet.deducted <= 0) ? "" : text + " = ";
}

std::string score_of(const GradeSheet& sheet, const TextStyle& style) {
  const Paint paint(style.colour);
  const std::string score =
      sheet.score ? fmt::format("{}{} / {:g}", sum_of(sheet), points_text(*sheet.score), sheet.max_score)
                  : "none: " + printable(noise_of(sheet), style.unicode);
  std::vector<std::string> parts{"   score    " + score, verdict_of(sheet)};
  if (const std::string since = since_text(sheet, style); !since.empty()) parts.insert(parts.begin() + 1, since);
  std::string text;
  for (const std::string& line :
       laid_out(parts,
                {.between = "   ", .columns = style.columns, .indent = kScoreIndent})) {
    const bool well = sheet.correct && sheet.score;
    text += (well ? paint.good(line) : sheet.correct ? paint.doubtful(line) : paint.bad(line)) + "\n";
  }
  return text;
}

// What one trace could still bring in one of the two halves.
struct Win {
  double points = 0;
  std::string why;
};

std::string loss_of(const HeapProfile& profile) {
  const bool holes = profile.external_fraction > profile.internal_fraction;
  return fmt::format("{} % of its heap is lost {}",
                     percent(holes ? profile.external_fraction : profile.internal_fraction),
                     holes ? "in holes" : "inside blocks (headers, rounding)");
}

std::vector<Win> wins_of(const GradeSheet& sheet) {
  std::vector<Win> wins;
  const auto add = [&wins](double points, const std::string& name, const std::string& why) {
    if (points >= kWorthNaming) wins.push_back({points, name + ": " + why});
  };
  for (const TraceRow& row : sheet.traces) {
    if (!row.passed || row.result.hidden) continue;
    const TraceResult& result = row.result;
    if (row.utilization_to_gain && result.examination->profile)
      add(*row.utilization_to_gain, result.name, loss_of(*result.examination->profile));
    if (row.throughput_to_gain && result.measurement) {
      add(*row.throughput_to_gain, result.name,
          fmt::format("{} the speed of {}", speed_text(result.measurement->speed),
                      sheet.scoring.measuring.reference));
    }
  }
  std::ranges::stable_sort(wins, std::ranges::greater{}, &Win::points);
  wins.resize(std::min(wins.size(), kMostWins));
  return wins;
}

std::string biggest_wins(const GradeSheet& sheet, const TextStyle& style) {
  if (!sheet.correct) return "";
  std::string text;
  for (const Win& win : wins_of(sheet)) {
    const std::string start = left_aligned(text.empty() ? "   biggest wins" : "", kWinsIndent);
    const std::string line =
        start + printable(win.why, style.unicode) + "; " + points_text(win.points) + " points";
    for (const std::string& part : wrapped(line, style.columns, kWinsIndent)) text += part + "\n";
  }
  return text;
}

}  // namespace

std::string noise_of(const GradeSheet& sheet) {
  if (sheet.noisy.empty()) return "";
  const NoisyTrace& first = sheet.noisy.front();
  std::string text = "measurement too noisy to score: trace " + first.name;
  if (first.measurement) {
    text += fmt::format(": {} to {} after {} pairs", speed_text(first.measurement->speed_low),
                        speed_text(first.measurement->speed_high), first.measurement->pairs);
  }
  const std::size_t others = sheet.noisy.size() - 1;
  if (others > 0) text += fmt::format(", and {} more {}", others, others == 1 ? "trace" : "traces");
  return text;
}

std::string score_lines_of(const GradeSheet& sheet, const TextStyle& style) {
  return score_of(sheet, style) + biggest_wins(sheet, style);
}

}  // namespace heapjudge
