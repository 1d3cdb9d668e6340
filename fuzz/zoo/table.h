// What a contest in the zoo comes to: arithmetic on its attempts, and the text of it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fuzz/zoo/contest.h"

namespace heapjudge {

// The value at this place of the sorted ones, by the nearest rank: of 0.5 the median, of 1 the largest. None of none.
std::optional<double> quantile(std::vector<double> values, double place);

struct ContestRow {
  std::size_t bugs = 0;
  std::size_t found = 0;         // with each of its seeds
  std::size_t found_by_one = 0;  // with one at least
  std::optional<double> median_seconds, most_of_ten_seconds, slowest_seconds;  // of CPU time, where it was found
  std::optional<double> median_requests, most_of_ten_requests;
  double shrunk_fast = 0;               // the share of what was found that was small within kFastShrinkSeconds
  std::optional<double> mean_groups;    // of the bugs that were found
  std::size_t most_groups = 0;
  std::size_t innocent_convicted = 0;
};

inline constexpr double kFastShrinkSeconds = 0.01;
inline constexpr double kGoalSeconds = 1;       // to find any bug
inline constexpr double kGoalMedianRequests = 3;
inline constexpr double kGoalMostRequests = 10;  // of nine in ten
inline constexpr double kGoalShrunkFast = 0.9;
inline constexpr std::size_t kGoalGroups = 2;

ContestRow row_of(std::span<const Searched> attempts, Contender contender);

// In Markdown, one row for each contender.
std::string table_of(std::span<const Searched> attempts);

// What of the goals for kOurs is not met, a line for each attempt or figure; empty when all are.
std::vector<std::string> unmet_goals(std::span<const Searched> attempts);

// One line for each attempt, for programs: specimen, contender, seed, CPU seconds, requests, shrink seconds, groups.
std::string lines_of(std::span<const Searched> attempts);

}  // namespace heapjudge
