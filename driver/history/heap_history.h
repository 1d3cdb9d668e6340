// What a heap went through in one replay, request by request: pure data, for pictures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "trace/request.h"
#include "wire/heap_range.h"

namespace heapjudge {

// Moment 0 is after mm_init, moment n after request n. What is born with request b and dies with request d is
// there at the moments b .. d - 1; what outlives the replay dies one past its last moment. So no request is
// special, and a stretch of time is [born, died).

// A block at one place and of one size: a resized block starts another life, wherever it lies.
struct BlockLife {
  BlockId block = kNoBlock;
  std::size_t born = 0;
  std::size_t died = 0;
  std::uint64_t offset = 0;  // in the heap
  std::uint64_t size = 0;    // payload bytes, as requested

  friend bool operator==(const BlockLife&, const BlockLife&) = default;
};

// A stretch of the heap that mem_map has handed out.
struct RangeLife {
  HeapRange range;
  std::size_t born = 0;
  std::size_t died = 0;

  friend bool operator==(const RangeLife&, const RangeLife&) = default;
};

// Invariant: at any moment the live blocks are disjoint, and each lies below grown_bytes of that moment or in
// one of its ranges, which lie above that. (A block of no bytes may share its address with others such.)
struct HeapHistory {
  std::uint32_t alignment = 16;            // that blocks were held to
  std::vector<std::uint64_t> grown_bytes;  // at each moment: what mem_sbrk has granted, from offset 0 on
  std::vector<BlockLife> blocks;           // by birth
  std::vector<RangeLife> ranges;           // by birth

  // As many requests were answered soundly; more than none only when mm_init was, too.
  std::size_t requests() const { return grown_bytes.empty() ? 0 : grown_bytes.size() - 1; }

  friend bool operator==(const HeapHistory&, const HeapHistory&) = default;
};

}  // namespace heapjudge
