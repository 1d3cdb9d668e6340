// Looks at the headers and footers of the live blocks, where a course says how they have to look.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "oracle/block_layout.h"
#include "oracle/shadow_heap.h"
#include "oracle/violation.h"

namespace heapjudge {

// Every function returns the violation it found (kLayoutBroken), without the request and the size of the heap. Blocks of
// no bytes are left out: the address of one need not be that of a block.
class LayoutCheck {
 public:
  // `heap` is the judge's mapping; extents lie inside of it.
  LayoutCheck(std::span<const std::byte> heap, const BlockLayout& layout) : heap_(heap), layout_(layout) {}

  // The live block by itself; `end` is where the heap ends, or the mapped range that it lies in.
  std::optional<Violation> verify(BlockId block, const Extent& extent, std::uint64_t end) const;

  // All live blocks, whether one runs into another, and with BlockLayout::walk what lies between them. `end_of` tells
  // where the heap, or the mapped range, ends that a block lies in.
  std::optional<Violation> verify_all(const ShadowHeap& shadow,
                                      const std::function<std::uint64_t(const Extent&)>& end_of) const;

 private:
  struct LiveBlock {
    BlockId block;
    Extent extent;
  };
  // What a word says; where the block lies that it is of.
  struct Tag {
    std::uint64_t at;
    std::uint64_t word;
    std::uint64_t size;
    bool allocated;
    std::uint64_t block_bytes;
  };

  Tag tag_at(std::uint64_t offset) const;
  std::uint64_t footer_bytes() const { return layout_.footers == BlockLayout::Footers::kAll ? layout_.word_bytes : 0; }
  LayoutBreach breach(LayoutRule rule, const Tag& tag, std::uint64_t expected) const;
  std::optional<LayoutBreach> breach_of_live(const Extent& extent, std::uint64_t end) const;
  std::optional<LayoutBreach> breach_of_footer(const Tag& header) const;
  std::optional<LayoutBreach> breach_after(std::span<const LiveBlock> from, std::uint64_t end) const;
  std::optional<LayoutBreach> breach_in_gap(const Tag& tag, std::uint64_t end) const;

  std::span<const std::byte> heap_;
  BlockLayout layout_;
};

}  // namespace heapjudge
