// How long the requests of a window took: as a grid, as figures, and slimmed for a report.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "history/carpet.h"
#include "history/latencies.h"
#include "trace/trace.h"

namespace heapjudge {

// What a request has the allocator do.
enum class Work : std::uint8_t { kPlaces, kResizes, kFrees };

inline constexpr std::array kWorks{Work::kPlaces, Work::kResizes, Work::kFrees};

constexpr std::string_view verb_of(Work work) {
  switch (work) {
    case Work::kPlaces:
      return "allocate";
    case Work::kResizes:
      return "resize";
    case Work::kFrees:
      return "free";
  }
  return "";
}

// Nothing for a request that is none of the allocator's: mm_init, and refusals of what grows.
std::optional<Work> work_of(const Request& request);

// Times from 10^low to 10^high nanoseconds, evenly by their logarithm. Invariant: low < high.
struct TimeAxis {
  int low = 0;
  int high = 1;

  // 0 at the bottom, 1 at the top; what lies beyond is drawn there.
  double share_of(double nanoseconds) const;

  friend bool operator==(const TimeAxis&, const TimeAxis&) = default;
};

// Holds the times of all requests of the window, whoever's they are; from a nanosecond on.
TimeAxis time_axis(const Trace& trace, const std::vector<const Latencies*>& latencies, const RequestSpan& window);

// Invariant: for each work, columns times rows counts of requests, column by column, from the bottom up.
struct LatencyGrid {
  std::size_t columns = 0;
  std::size_t rows = 0;
  std::array<std::vector<std::uint32_t>, kWorks.size()> counts;

  std::uint32_t at(Work work, std::size_t column, std::size_t row) const {
    return counts[static_cast<std::size_t>(work)][column * rows + row];
  }
};

struct LatencyFrame {
  RequestSpan window;
  TimeAxis axis;
  std::size_t columns = 1;
  std::size_t rows = 1;
};

// The trace and its latencies, one a request.
LatencyGrid latency_grid_of(const Trace& trace, const Latencies& latencies, const LatencyFrame& frame);

struct LatencyFigures {
  std::size_t requests = 0;  // that are counted; 0: the rest means nothing
  double median = 0;         // nanoseconds, as are the following
  double rare = 0;           // what one request in a hundred exceeds
  double slowest = 0;
  std::size_t slowest_request = 0;
  double total = 0;
  double share_of_slowest = 0;  // of the total: what the slowest hundredth takes, rounded up to a whole request
};

// Of the requests of the window that are of this work; without one, of all.
LatencyFigures latency_figures(const Trace& trace, const Latencies& latencies, const RequestSpan& window,
                               std::optional<Work> work = std::nullopt);

}  // namespace heapjudge
