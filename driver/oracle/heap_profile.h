// Peak utilization and where the rest of the heap went, gathered while a trace is replayed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "oracle/shadow_heap.h"
#include "wire/heap_range.h"

namespace heapjudge {

struct HeapSample {
  std::size_t request = 0;          // from 1
  std::uint64_t payload_bytes = 0;  // live payload after it
  std::uint64_t heap_bytes = 0;     // the heap's size after it

  friend bool operator==(const HeapSample&, const HeapSample&) = default;
};

// What tells a hole from overhead; see HeapProfile.
struct GapRule {
  explicit GapRule(std::uint32_t alignment)
      : least_hole_bytes(2 * std::uint64_t{alignment} + 16), most_overhead_bytes(2 * std::uint64_t{alignment}) {}

  std::uint64_t least_hole_bytes;     // a smaller gap is overhead as a whole
  std::uint64_t most_overhead_bytes;  // that one block is taken to have

  bool is_hole(std::uint64_t gap_bytes) const { return gap_bytes >= least_hole_bytes; }
};

// Fractions lie in 0..1 and refer to the largest heap; utilization + internal + external == 1 when
// heap_bytes > 0.
//
// What is no payload is split by payload extents alone, as they lie at the peak. A gap before, between or
// after payloads that is too small for another block (below 2 * alignment + 16 bytes) is internal: headers,
// footers, padding. A larger gap is a hole plus the overhead of one block, which is taken to be the smallest
// gap seen before a live block at that moment, at most 2 * alignment: so much of it is internal, the rest
// external. What the heap grows by after the peak is external too. A gap ends where the heap has a break: at the end of
// what mem_sbrk has granted, and at either end of a mapped range.
struct HeapProfile {
  std::uint64_t peak_payload_bytes = 0;
  std::size_t peak_request = 0;       // the first request after which the payload was at its peak
  std::uint64_t heap_bytes = 0;       // the largest heap
  double utilization = 0;             // peak_payload_bytes / heap_bytes
  double internal_fraction = 0;       // lost beside payloads: headers, footers, padding
  double external_fraction = 0;       // lost in holes and above the last block
  std::vector<HeapSample> samples{};  // at most 256, evenly spread over the requests, the last one included

  friend bool operator==(const HeapProfile&, const HeapProfile&) = default;
};

// Gathers a HeapProfile in one replay. The caller knows from the trace when the payload will be at its peak;
// the shadow is walked at that moment only.
class HeapProfiler {
 public:
  // request_count: of the trace; peak_request: the first request after which its live payload is largest
  // (from 1; 0 when nothing is ever live).
  HeapProfiler(std::size_t request_count, std::size_t peak_request, std::uint32_t alignment);

  // After each request, in order. heap_bytes is the heap's size now. Of them lie in `mapped`, by rising offset, what
  // belongs there, and the others from offset 0 on, below; every live block lies in one of these parts.
  void record(std::size_t request, const ShadowHeap& shadow, std::uint64_t heap_bytes,
              std::span<const HeapRange> mapped = {}) {
    if (heap_bytes > heap_bytes_) heap_bytes_ = heap_bytes;
    if (request == next_sample_) [[unlikely]]
      take_sample(shadow, heap_bytes);
    if (request == peak_request_) [[unlikely]]
      take_peak(shadow, heap_bytes, mapped);
  }

  // `largest_heap_bytes`: when the heap was larger within a request than after any.
  HeapProfile finish(std::uint64_t largest_heap_bytes = 0) const;

 private:
  void take_sample(const ShadowHeap& shadow, std::uint64_t heap_bytes);
  void take_peak(const ShadowHeap& shadow, std::uint64_t heap_bytes, std::span<const HeapRange> mapped);

  std::size_t stride_;
  std::size_t next_sample_;
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
