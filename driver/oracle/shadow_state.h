// What a ShadowHeap is made of; for shadow_heap.cc and for the test that breaks it on purpose.
//
// Theory of operation. Every block starts at a multiple of the alignment, so two blocks share a byte exactly
// when they share a granule of that many bytes. A set of taken granules therefore answers "does it overlap?"
// without asking whose they are. Whose they are is looked up among all extents only once there is a violation
// to report. A zero-size block takes the granule at its address, and is noted in a second set, because only
// it may share that granule, and only with its like.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "oracle/range_set.h"
#include "oracle/shadow_heap.h"

namespace heapjudge {

// One bit for each block id.
class BlockBits {
 public:
  explicit BlockBits(std::uint32_t block_count) : words_(block_count / 64 + 1) {}

  bool has(BlockId block) const { return (words_[block / 64] >> (block % 64) & 1) != 0; }
  void add(BlockId block) { words_[block / 64] |= std::uint64_t{1} << (block % 64); }
  void drop(BlockId block) { words_[block / 64] &= ~(std::uint64_t{1} << (block % 64)); }
  const std::vector<std::uint64_t>& words() const { return words_; }

 private:
  std::vector<std::uint64_t> words_;
};

static_assert(sizeof(Extent) == 24, "what the judge remembers for each block id");

struct ShadowHeap::State {
  explicit State(const ShadowSettings& given);

  // Its tables may be larger than the settings ask for.
  bool has_room_for(const ShadowSettings& wanted) const;
  ShadowSettings room_for_both(const ShadowSettings& wanted) const;
  void restart(const ShadowSettings& wanted);  // has room for it; nothing is live

  struct Granules {
    std::uint64_t first = 0;
    std::uint64_t end = 0;
  };
  Granules granules_of(std::uint64_t offset, std::uint64_t size) const {
    const std::uint64_t last = size == 0 ? offset : offset + size - 1;
    return {offset >> granule_log2, (last >> granule_log2) + 1};
  }

  bool is_misaligned(const Placement& placement) const {
    const std::uint64_t own = placement.alignment == 0 ? 1 : placement.alignment;
    const std::uint64_t low_bits = (own - 1) | (std::uint64_t{settings.alignment} - 1);
    return ((settings.heap_base + placement.offset) & low_bits) != 0;
  }
  bool is_outside(const Placement& placement) const {
    const std::uint64_t heap_bytes = std::min(placement.heap_bytes, settings.heap_limit_bytes);
    return placement.offset > heap_bytes || placement.size > heap_bytes - placement.offset;
  }
  bool may_share(const Placement& placement, std::uint64_t granule) const;

  // The lowest live block that the placement runs into.
  std::optional<BlockId> find_neighbour(const Placement& placement) const;

  void take_point(std::uint64_t granule);     // for one more zero-size block
  void release_point(std::uint64_t granule);  // for one less

  template <typename Visit>
  void for_each_live(const Visit& visit) const;  // by id

  void bring_order_up_to_date();
  void check() const;
  void check_order() const;
  void check_granules() const;

  ShadowSettings settings;
  ShadowSettings room;  // what the tables were made for
  unsigned granule_log2;
  LazyArray<Extent> extents;  // by id; meaningful while the block is live
  BlockBits live;
  RangeSet taken;                                     // granules of all live blocks
  RangeSet points;                                    // granules of zero-size blocks
  std::map<std::uint64_t, std::uint32_t> more_there;  // granule -> zero-size blocks beside the first one
  std::uint64_t live_bytes = 0;
  std::size_t live_blocks = 0;

  // Live blocks by offset, as of the last sweep. Those no longer `in_order` have gone or moved since.
  std::vector<BlockId> order;
  BlockBits in_order;
  bool order_is_current = true;
};

template <typename Visit>
void ShadowHeap::State::for_each_live(const Visit& visit) const {
  const std::vector<std::uint64_t>& words = live.words();
  for (std::size_t index = 0; index < words.size(); ++index) {
    for (std::uint64_t bits = words[index]; bits != 0; bits &= bits - 1) {
      visit(static_cast<BlockId>(index * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
    }
  }
}

}  // namespace heapjudge
