// How the heap's figures go over the requests of a window, in so many columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "history/carpet.h"
#include "history/gap_tally.h"

namespace heapjudge {

// Of the requests first .. last. The mean bytes of a column add up: payload + internal + external = heap.
struct SeriesColumn {
  RequestSpan requests;
  std::uint64_t least_payload_bytes = 0;
  std::uint64_t most_payload_bytes = 0;
  std::uint64_t most_heap_bytes = 0;
  std::uint64_t most_blocks = 0;
  double payload_bytes = 0;   // mean
  double internal_bytes = 0;  // mean
  double external_bytes = 0;  // mean
  double heap_bytes = 0;      // mean
  std::vector<double>
      hole_bytes;  // mean, by binary digits of the hole's size (HoleClasses); without their overhead
};

// At most `columns`, and not more than one for each request that the history has of the window; each stands
// for as many requests as the others, give or take one. Empty when the history has none of them.
std::vector<SeriesColumn> series_of(const HeapHistory& history, const RequestSpan& window,
                                    std::size_t columns);

// The figures of a window in one row; of the whole of a sound replay they are those of its HeapProfile, but
// for what the heap is larger within a request.
struct WindowFigures {
  std::uint64_t peak_payload_bytes = 0;
  std::size_t peak_request = 0;  // the first after which the payload was at its peak
  std::uint64_t largest_heap_bytes = 0;
  std::uint64_t internal_bytes = 0;  // at the peak
  std::uint64_t external_bytes = 0;  // what is left of the largest heap
  std::uint64_t holes = 0;           // at the peak
  std::uint64_t blocks = 0;          // at the peak
};

WindowFigures figures_of(const HeapHistory& history, const RequestSpan& window);

}  // namespace heapjudge
