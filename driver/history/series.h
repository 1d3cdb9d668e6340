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
  RequestWindow requests;
  std::uint64_t least_payload_bytes = 0;
  std::uint64_t most_payload_bytes = 0;
  std::uint64_t most_heap_bytes = 0;
  std::uint64_t most_blocks = 0;
  double payload_bytes = 0;   // mean
  double internal_bytes = 0;  // mean
  double external_bytes = 0;  // mean
  double heap_bytes = 0;      // mean
  std::vector<double> hole_bytes;  // mean, by binary digits of the hole's size (HoleClasses); without their overhead
};

// At most `columns`, and not more than one for each request that the history has of the window; each stands for as many
// requests as the others, give or take one. Empty when the history has none of them.
std::vector<SeriesColumn> series_of(const HeapHistory& history, const RequestWindow& window, std::size_t columns);

}  // namespace heapjudge
