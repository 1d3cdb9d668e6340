#include "history/latency_grid.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace heapjudge {
namespace {

constexpr double kLeastNanoseconds = 1;

// Calls visit(work, request, nanoseconds) for each request of the window that is the allocator's.
template <typename Visit>
void for_each_request(const Trace& trace, const Latencies& latencies, const RequestSpan& window, Visit visit) {
  const std::size_t last = std::min(window.last, latencies.nanoseconds.size());
  for (std::size_t request = window.first; request <= last; ++request) {
    const auto work = work_of(trace.requests()[request - 1]);
    if (work) visit(*work, request, static_cast<double>(latencies.nanoseconds[request - 1]));
  }
}

}  // namespace

std::optional<Work> work_of(const Request& request) {
  switch (request.op) {
    case Op::kMalloc:
    case Op::kCalloc:
    case Op::kAligned:
      return Work::kPlaces;
    case Op::kRealloc:
      return Work::kResizes;
    case Op::kFree:
      return Work::kFrees;
    case Op::kInit:
    case Op::kRefuse:
      return std::nullopt;
  }
  return std::nullopt;
}

double TimeAxis::share_of(double nanoseconds) const {
  const double exponent = std::log10(std::max(nanoseconds, kLeastNanoseconds));
  return std::clamp((exponent - low) / (high - low), 0.0, 1.0);
}

TimeAxis time_axis(const Trace& trace, const std::vector<const Latencies*>& latencies, const RequestSpan& window) {
  double least = INFINITY;
  double most = kLeastNanoseconds;
  for (const Latencies* one : latencies) {
    for_each_request(trace, *one, window, [&](Work, std::size_t, double nanoseconds) {
      least = std::min(least, std::max(nanoseconds, kLeastNanoseconds));
      most = std::max(most, nanoseconds);
    });
  }
  TimeAxis axis;
  if (least <= most) axis.low = static_cast<int>(std::floor(std::log10(least)));
  axis.high = std::max(axis.low + 1, static_cast<int>(std::ceil(std::log10(most))));
  return axis;
}

LatencyGrid latency_grid_of(const Trace& trace, const Latencies& latencies, const LatencyFrame& frame) {
  LatencyGrid grid{.columns = frame.columns, .rows = frame.rows, .counts = {}};
  for (auto& counts : grid.counts) counts.resize(frame.columns * frame.rows);
  const auto rows = static_cast<double>(frame.rows);
  for_each_request(trace, latencies, frame.window, [&](Work work, std::size_t request, double nanoseconds) {
    const std::size_t column = (request - frame.window.first) * frame.columns / frame.window.requests();
    const auto row = static_cast<std::size_t>(frame.axis.share_of(nanoseconds) * rows);
    ++grid.counts[static_cast<std::size_t>(work)][column * frame.rows + std::min(row, frame.rows - 1)];
  });
  return grid;
}

LatencyFigures latency_figures(const Trace& trace, const Latencies& latencies, const RequestSpan& window,
                               std::optional<Work> work) {
  LatencyFigures figures;
  std::vector<double> times;
  for_each_request(trace, latencies, window, [&](Work is, std::size_t request, double nanoseconds) {
    if (work && is != *work) return;
    if (times.empty() || nanoseconds > figures.slowest) {
      figures.slowest = nanoseconds;
      figures.slowest_request = request;
    }
    times.push_back(nanoseconds);
  });
  figures.requests = times.size();
  if (times.empty()) return figures;
  std::ranges::sort(times, std::greater<>());
  const std::size_t slow = (times.size() + 99) / 100;
  figures.median = times[times.size() / 2];
  figures.rare = times[std::min(slow, times.size() - 1)];
  figures.total = std::accumulate(times.begin(), times.end(), 0.0);
  const double of_slow = std::accumulate(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(slow), 0.0);
  figures.share_of_slowest = figures.total > 0 ? of_slow / figures.total : 0;
  return figures;
}

}  // namespace heapjudge
