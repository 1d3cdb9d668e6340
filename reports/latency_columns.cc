// Theory of operation. Numbers and columns are those of reports/column_numbers.h.
//
//     version replays count, then columns: requests, each since the last; times; works (history/latency_grid.h)
//
// A time t in nanoseconds is written as the logarithm of 2t to the base 2^(1/6), rounded; 0 is below.
// reports/viewer/src/latencies.ts reads it.
#include "reports/latency_columns.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "history/latency_grid.h"
#include "reports/column_numbers.h"
#include "reports/png.h"
#include "trace/compress.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kMostRequests = 4096;
constexpr double kStepsPerOctave = 6;

// From 1 on, by rising number.
std::vector<std::size_t> kept_requests(const Latencies& latencies) {
  const std::vector<float>& times = latencies.nanoseconds;
  const std::size_t stretch = times.size() <= kMostRequests ? 1 : (2 * times.size() + kMostRequests - 1) / kMostRequests;
  std::vector<std::size_t> kept;
  for (std::size_t first = 0; first < times.size(); first += stretch) {
    const std::size_t end = std::min(times.size(), first + stretch);
    const auto at = [&](std::size_t i) { return times.begin() + static_cast<std::ptrdiff_t>(i); };
    const auto slowest = static_cast<std::size_t>(std::max_element(at(first), at(end)) - times.begin());
    if (slowest != first) kept.push_back(first + 1);
    kept.push_back(slowest + 1);
  }
  return kept;
}

std::uint64_t step_of(double nanoseconds) {
  return nanoseconds <= 0.5 ? 0 : static_cast<std::uint64_t>(std::lround(kStepsPerOctave * std::log2(2 * nanoseconds)));
}

}  // namespace

std::string columns_of(const Trace& trace, const Latencies& latencies) {
  std::vector<std::uint64_t> requests;
  std::vector<std::uint64_t> times;
  std::vector<std::uint64_t> works;
  std::size_t last = 0;
  for (const std::size_t request : kept_requests(latencies)) {
    const auto work = work_of(trace.requests()[request - 1]);
    if (!work) continue;
    requests.push_back(request - std::exchange(last, request));
    times.push_back(step_of(static_cast<double>(latencies.nanoseconds[request - 1])));
    works.push_back(static_cast<std::uint64_t>(*work));
  }
  ColumnNumbers numbers;
  for (const std::uint64_t number : {kVersion, std::uint64_t{latencies.replays}, std::uint64_t{requests.size()}}) {
    numbers.add(number);
  }
  for (const auto& column : {requests, times, works}) numbers.add_column(column);
  return base64_of(pack_gzip(numbers.bytes()));
}

}  // namespace heapjudge
