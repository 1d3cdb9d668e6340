// Looks at the bytes of payloads, and at those past the heap's end.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "oracle/shadow_heap.h"
#include "oracle/violation.h"
#include "trace/request.h"
#include "wire/heap_range.h"
#include "wire/payload_pattern.h"

namespace heapjudge {

// Every function returns the violation it found, without the request and the size of the heap, which only the
// caller knows.
class PayloadCheck {
 public:
  // `heap` is the judge's mapping; extents lie inside of it.
  PayloadCheck(std::span<std::byte> heap, PointerWidth width, Coverage coverage)
      : heap_(heap), pattern_(width, coverage) {}

  // kPayloadChanged unless the block holds its pattern.
  std::optional<Violation> verify(BlockId block, const Extent& extent) const;

  // What `request` created: filled by the request server, zero when it was a calloc (kCallocNotZero), or with the
  // bytes it had `before` and then filled, when it was resized (kReallocLost). Then fills what is not filled yet.
  std::optional<Violation> verify_new(const Request& request, const Extent& extent,
                                      const std::optional<Extent>& before);

  // kWroteOutsideHeap unless all is zero in a stretch that does not belong to the heap, or no more. What lies at and
  // past the limit is left out.
  std::optional<Violation> verify_outside(const HeapRange& stretch) const;

 private:
  std::optional<Violation> verify_zeroed(BlockId block, const Extent& extent);
  std::optional<Violation> verify_resized(BlockId block, const Extent& extent, const Extent& before);
  std::span<std::byte> bytes_of(const Extent& extent) const { return heap_.subspan(extent.offset, extent.size); }

  std::span<std::byte> heap_;
  PayloadPattern pattern_;
};

}  // namespace heapjudge
