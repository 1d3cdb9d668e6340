// Peak utilization and where the rest of the heap went, gathered while a trace is replayed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "oracle/shadow_heap.h"

namespace heapjudge {

struct HeapSample {
  std::size_t request = 0;          // from 1
  std::uint64_t payload_bytes = 0;  // live payload after it
  std::uint64_t heap_bytes = 0;     // the heap's size after it

  friend bool operator==(const HeapSample&, const HeapSample&) = default;
};

// Fractions lie in 0..1 and refer to the largest heap; utilization + internal + external == 1 when
// heap_bytes > 0.
struct HeapProfile {
  std::uint64_t peak_payload_bytes = 0;
  std::size_t peak_request = 0;      // the first request after which the payload was at its peak
  std::uint64_t heap_bytes = 0;      // the largest heap
  double utilization = 0;            // peak_payload_bytes / heap_bytes
  double internal_fraction = 0;      // lost beside payloads: headers, footers, padding
  double external_fraction = 0;      // lost in holes and above the last block
  std::vector<HeapSample> samples;   // at most 256, evenly spread over the requests, the last one included

  friend bool operator==(const HeapProfile&, const HeapProfile&) = default;
};

// Gathers a HeapProfile. The peak is found as it happens: the split of the loss is taken from the shadow
// whenever the payload reaches a new peak at `peak_request`, which the caller knows from the trace.
class HeapProfiler {
 public:
  // request_count: of the trace; peak_request: the first request after which its live payload is largest
  // (from 1; 0 when nothing is ever live).
  HeapProfiler(std::size_t request_count, std::size_t peak_request, std::uint32_t alignment);

  // After each request, in order. heap_bytes is the heap's size now.
  void record(std::size_t request, const ShadowHeap& shadow, std::uint64_t heap_bytes);

  HeapProfile finish() const;

 private:
  std::size_t stride_;
  std::size_t request_count_;
  std::size_t peak_request_;
  std::uint32_t alignment_;
  std::uint64_t internal_bytes_ = 0;
  std::uint64_t peak_payload_bytes_ = 0;
  std::size_t seen_peak_request_ = 0;
  std::uint64_t heap_bytes_ = 0;
  std::vector<HeapSample> samples_;
};

}  // namespace heapjudge
