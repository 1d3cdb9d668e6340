// The part of the heap that mem_map has handed out, as far as the subject can be believed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "wire/heap_range.h"

namespace heapjudge {

// Invariant: ranges are whole pages inside the limit, disjoint and by rising offset.
//
// A lie about them gains nothing, as none about the heap's end does: what is claimed counts as heap, blocks must lie
// in it, and what is not claimed must hold nothing.
class MappedHeap {
 public:
  explicit MappedHeap(std::uint64_t heap_limit_bytes) : heap_limit_bytes_(heap_limit_bytes) {}

  // Takes the claimed ranges over in the place of those there were. One that cannot be, or begins below `floor` (what
  // mem_sbrk has granted), is left out. True when a byte that was mapped is mapped no more.
  bool take_over(std::span<const HeapRange> claimed, std::uint64_t floor);

  // The end of the range that the bytes lie in; none when they do not all lie in one. An offset at the end of a
  // range, with no bytes, lies in it.
  std::optional<std::uint64_t> end_around(std::uint64_t offset, std::uint64_t bytes) const;

  std::span<const HeapRange> ranges() const { return ranges_; }
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t lowest() const { return ranges_.empty() ? heap_limit_bytes_ : ranges_.front().offset; }

 private:
  std::uint64_t heap_limit_bytes_;
  std::uint64_t bytes_ = 0;
  std::vector<HeapRange> ranges_;
};

}  // namespace heapjudge
