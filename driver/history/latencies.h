// How long each request of a replay took: pure data, for pictures.
#pragma once

#include <cstdint>
#include <vector>

namespace heapjudge {

// Untrusted: the clock was read in the student's process. No mark may depend on it.
struct Latencies {
  std::vector<float> nanoseconds;  // of each request: a mean of the replays, less what reading the clock takes
  std::uint32_t replays = 0;

  friend bool operator==(const Latencies&, const Latencies&) = default;
};

}  // namespace heapjudge
