#include "judge/mapped_heap.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace heapjudge {

bool MappedHeap::take_over(std::span<const HeapRange> claimed, std::uint64_t floor) {
  if (claimed.empty() && ranges_.empty()) return false;
  std::vector<HeapRange> believed;
  std::uint64_t end = floor;
  std::uint64_t bytes = 0;
  for (const HeapRange& range : claimed) {
    const bool is_whole = range.offset % kMappedUnit == 0 && range.bytes % kMappedUnit == 0 && range.bytes > 0;
    const bool is_inside = range.offset <= heap_limit_bytes_ && range.bytes <= heap_limit_bytes_ - range.offset;
    if (!is_whole || !is_inside || range.offset < end) continue;
    believed.push_back(range);
    end = range.end();
    bytes += range.bytes;
  }
  std::swap(ranges_, believed);
  bytes_ = bytes;
  return std::ranges::any_of(believed, [this](const HeapRange& before) {
    return end_around(before.offset, before.bytes) == std::nullopt;
  });
}

std::optional<std::uint64_t> MappedHeap::end_around(std::uint64_t offset, std::uint64_t bytes) const {
  const auto above = std::ranges::upper_bound(ranges_, offset, {}, &HeapRange::offset);
  if (above == ranges_.begin()) return std::nullopt;
  const std::uint64_t end = std::prev(above)->end();
  if (offset > end || bytes > end - offset) return std::nullopt;
  return end;
}

}  // namespace heapjudge
