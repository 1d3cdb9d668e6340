// Splits what the heap holds beside payload into overhead and holes.
#include "oracle/heap_profile.h"

#include <algorithm>

#include "check.h"

namespace heapjudge {

namespace {

constexpr std::size_t kMaxSamples = 256;

// Sorts the gaps of one moment; see HeapProfile for the rule.
class GapSplit {
 public:
  explicit GapSplit(std::uint32_t alignment) : rule_(alignment), overhead_bytes_(rule_.most_overhead_bytes) {}

  void add_before_block(std::uint64_t gap_bytes) {
    overhead_bytes_ = std::min(overhead_bytes_, gap_bytes);
    add(gap_bytes);
  }

  void add(std::uint64_t gap_bytes) {
    if (rule_.is_hole(gap_bytes)) {
      ++large_gaps_;
    } else {
      small_bytes_ += gap_bytes;
    }
  }

  std::uint64_t internal_bytes() const { return small_bytes_ + large_gaps_ * overhead_bytes_; }

 private:
  GapRule rule_;
  std::uint64_t overhead_bytes_;  // the smallest gap before a block so far, capped
  std::uint64_t small_bytes_ = 0;
  std::uint64_t large_gaps_ = 0;
};

// Walks the live blocks by rising offset, through one part of the heap after the other.
class GapWalk {
 public:
  GapWalk(std::uint64_t heap_bytes, std::span<const HeapRange> mapped, std::uint32_t alignment)
      : split_(alignment), part_end_(heap_bytes), later_parts_(mapped) {
    for (const HeapRange& range : mapped) part_end_ -= range.bytes;
  }

  void pass(const Extent& extent) {
    while (extent.offset > part_end_ || extent.size > part_end_ - extent.offset) enter_next_part();
    const std::uint64_t gap_bytes = extent.offset - end_;
    end_ = extent.offset + extent.size;
    // An address shared by zero-size blocks is no sign of blocks without overhead.
    if (gap_bytes == 0 && extent.size == 0) return;
    split_.add_before_block(gap_bytes);
  }

  std::uint64_t internal_bytes() {
    while (!later_parts_.empty()) enter_next_part();
    split_.add(part_end_ - end_);
    return split_.internal_bytes();
  }

 private:
  void enter_next_part() {
    ensure(!later_parts_.empty(), "profile: a live block beyond the heap");
    split_.add(part_end_ - end_);
    end_ = later_parts_.front().offset;
    part_end_ = later_parts_.front().end();
    later_parts_ = later_parts_.subspan(1);
  }

  GapSplit split_;
  std::uint64_t end_ = 0;       // of the last block, or where the part starts
  std::uint64_t part_end_;
  std::span<const HeapRange> later_parts_;
};

std::uint64_t internal_bytes_of(const ShadowHeap& shadow, GapWalk walk) {
  shadow.for_each([&](BlockId, const Extent& extent) { walk.pass(extent); });
  return walk.internal_bytes();
}

}  // namespace

HeapProfiler::HeapProfiler(std::size_t request_count, std::size_t peak_request, std::uint32_t alignment)
    : stride_(request_count / kMaxSamples + (request_count % kMaxSamples != 0 ? 1 : 0)),
      next_sample_(std::min(stride_, request_count)),
      request_count_(request_count),
      peak_request_(peak_request),
      alignment_(alignment) {}

void HeapProfiler::take_sample(const ShadowHeap& shadow, std::uint64_t heap_bytes) {
  samples_.push_back(
      {.request = next_sample_, .payload_bytes = shadow.live_bytes(), .heap_bytes = heap_bytes});
  next_sample_ += std::min(stride_, request_count_ - next_sample_);
}

void HeapProfiler::take_peak(const ShadowHeap& shadow, std::uint64_t heap_bytes,
                             std::span<const HeapRange> mapped) {
  seen_peak_request_ = peak_request_;
  peak_payload_bytes_ = shadow.live_bytes();
  internal_bytes_ = internal_bytes_of(shadow, GapWalk(heap_bytes, mapped, alignment_));
}

HeapProfile HeapProfiler::finish(std::uint64_t largest_heap_bytes) const {
  const std::uint64_t heap_bytes = std::max(heap_bytes_, largest_heap_bytes);
  HeapProfile profile{.peak_payload_bytes = peak_payload_bytes_,
                      .peak_request = seen_peak_request_,
                      .heap_bytes = heap_bytes,
                      .samples = samples_};
  if (heap_bytes == 0) return profile;
  const auto heap = static_cast<double>(heap_bytes);
  profile.utilization = static_cast<double>(peak_payload_bytes_) / heap;
  profile.internal_fraction = static_cast<double>(internal_bytes_) / heap;
  profile.external_fraction = static_cast<double>(heap_bytes - peak_payload_bytes_ - internal_bytes_) / heap;
  return profile;
}

}  // namespace heapjudge
