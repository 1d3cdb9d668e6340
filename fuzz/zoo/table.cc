#include "fuzz/zoo/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

namespace heapjudge {
namespace {

constexpr std::array kRows{Contender::kDefaultTraces, Contender::kFlat, Contender::kDefaultChanges, Contender::kOurs};

std::string_view name_of(Contender contender) {
  switch (contender) {
    case Contender::kDefaultTraces: return "the default traces";
    case Contender::kDefaultChanges: return "libFuzzer, its own mutators";
    case Contender::kFlat: return "flat random records";
    case Contender::kOurs: return "`heapjudge fuzz`";
  }
  return "";
}

bool counts(const Searched& attempt, Contender contender) {
  return attempt.contender == contender && !attempt.is_innocent;
}

struct Tally {
  std::size_t attempts = 0;
  std::size_t found = 0;
};

std::string text_of(std::optional<double> value, int digits) {
  return value ? fmt::format("{:.{}f}", *value, digits) : "-";
}

std::string seconds_text(std::optional<double> seconds) { return text_of(seconds, 3); }

std::string line_of(const ContestRow& row, Contender contender) {
  const bool shrinks = contender != Contender::kDefaultTraces;
  const std::string seeds = row.found_by_one == row.found ? "" : fmt::format(" ({} by a seed)", row.found_by_one);
  return fmt::format("| {} | {} of {}{} | {} | {} | {} | {} | {} | {} | {} |\n", name_of(contender), row.found, row.bugs,
                     seeds, seconds_text(row.median_seconds), seconds_text(row.most_of_ten_seconds),
                     seconds_text(row.slowest_seconds), text_of(row.median_requests, 0),
                     text_of(row.most_of_ten_requests, 0),
                     shrinks ? fmt::format("{:.0f} %", 100 * row.shrunk_fast) : "-",
                     row.mean_groups ? fmt::format("{:.2f}, {}", *row.mean_groups, row.most_groups) : "-");
}

void complain_of_attempts(std::span<const Searched> attempts, std::vector<std::string>& unmet) {
  for (const Searched& attempt : attempts) {
    const std::string who = fmt::format("{}, seed {}", attempt.specimen, attempt.seed);
    if (attempt.is_innocent) {
      if (attempt.found_cpu_seconds) unmet.push_back(who + ": innocent, but convicted");
      continue;
    }
    if (attempt.contender != Contender::kOurs) continue;
    if (!attempt.found_cpu_seconds) unmet.push_back(who + ": not found");
    if (attempt.found_cpu_seconds > kGoalSeconds) {
      unmet.push_back(fmt::format("{}: found after {:.2f} s", who, *attempt.found_cpu_seconds));
    }
    if (attempt.groups.value_or(0) > kGoalGroups) unmet.push_back(fmt::format("{}: {} groups", who, *attempt.groups));
  }
}

}  // namespace

std::optional<double> quantile(std::vector<double> values, double place) {
  if (values.empty()) return std::nullopt;
  std::ranges::sort(values);
  const auto rank = static_cast<std::size_t>(std::ceil(place * static_cast<double>(values.size())));
  return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

ContestRow row_of(std::span<const Searched> attempts, Contender contender) {
  ContestRow row;
  std::map<std::string, Tally> bugs;
  std::vector<double> seconds, requests;
  double fast = 0, groups = 0;
  std::size_t grouped = 0;
  for (const Searched& attempt : attempts) {
    if (attempt.contender == contender && attempt.is_innocent && attempt.found_cpu_seconds) ++row.innocent_convicted;
    if (!counts(attempt, contender)) continue;
    Tally& tally = bugs[attempt.specimen];
    ++tally.attempts;
    if (!attempt.found_cpu_seconds) continue;
    ++tally.found;
    seconds.push_back(*attempt.found_cpu_seconds);
    requests.push_back(static_cast<double>(attempt.requests));
    if (attempt.shrink_cpu_seconds <= kFastShrinkSeconds) ++fast;
    if (!attempt.groups) continue;
    ++grouped;
    groups += static_cast<double>(*attempt.groups);
    row.most_groups = std::max(row.most_groups, *attempt.groups);
  }
  row.bugs = bugs.size();
  for (const auto& [name, tally] : bugs) {
    row.found += tally.found == tally.attempts ? 1 : 0;
    row.found_by_one += tally.found > 0 ? 1 : 0;
  }
  if (!seconds.empty()) row.shrunk_fast = fast / static_cast<double>(seconds.size());
  if (grouped > 0) row.mean_groups = groups / static_cast<double>(grouped);
  row.median_seconds = quantile(seconds, 0.5);
  row.most_of_ten_seconds = quantile(seconds, 0.9);
  row.slowest_seconds = quantile(std::move(seconds), 1);
  row.median_requests = quantile(requests, 0.5);
  row.most_of_ten_requests = quantile(std::move(requests), 0.9);
  return row;
}

std::string table_of(std::span<const Searched> attempts) {
  std::string text =
      "| | bugs found | CPU s to find: median | 90 % | slowest | requests left: median | 90 % | shrunk in 10 ms |"
      " groups per bug: mean, most |\n|---|---|---|---|---|---|---|---|---|\n";
  for (const Contender contender : kRows) text += line_of(row_of(attempts, contender), contender);
  return text;
}

std::vector<std::string> unmet_goals(std::span<const Searched> attempts) {
  std::vector<std::string> unmet;
  complain_of_attempts(attempts, unmet);
  const ContestRow ours = row_of(attempts, Contender::kOurs);
  if (ours.median_requests > kGoalMedianRequests) {
    unmet.push_back(fmt::format("half of the traces have more than {} requests", kGoalMedianRequests));
  }
  if (ours.most_of_ten_requests > kGoalMostRequests) {
    unmet.push_back(fmt::format("a tenth of the traces have more than {} requests", kGoalMostRequests));
  }
  if (ours.found_by_one > 0 && ours.shrunk_fast < kGoalShrunkFast) {
    unmet.push_back(fmt::format("{:.0f} % of the traces are shrunk within 10 ms", 100 * ours.shrunk_fast));
  }
  return unmet;
}

std::string lines_of(std::span<const Searched> attempts) {
  std::string text;
  for (const Searched& attempt : attempts) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{:.4f}\t{}\n", attempt.specimen, name_of(attempt.contender), attempt.seed,
                        text_of(attempt.found_cpu_seconds, 4), attempt.requests, attempt.shrink_cpu_seconds,
                        attempt.groups ? fmt::format("{}", *attempt.groups) : "-");
  }
  return text;
}

}  // namespace heapjudge
