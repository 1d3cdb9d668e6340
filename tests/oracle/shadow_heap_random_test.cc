// ShadowHeap against a plain map of bytes, on random replies: sound ones, hostile ones and all between.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "oracle/shadow_heap.h"

namespace heapjudge {
namespace {

// One owner for each byte, and the blocks that own none. Slow and obvious.
class ByteMap {
 public:
  explicit ByteMap(const ShadowSettings& settings)
      : settings_(settings), owner_of_byte_(settings.heap_limit_bytes, kNoBlock) {}

  std::optional<Violation> place(const Placement& placement) {
    const std::uint64_t heap_bytes = std::min(placement.heap_bytes, settings_.heap_limit_bytes);
    Violation violation{.request = placement.request,
                        .block = placement.block,
                        .offset = placement.offset,
                        .size = placement.size,
                        .heap_bytes = heap_bytes};
    const std::uint64_t own = std::max<std::uint64_t>(placement.alignment, 1);
    if (placement.offset % settings_.alignment != 0 || placement.offset % own != 0) {
      violation.fault = Fault::kMisaligned;
      return violation;
    }
    const auto end = static_cast<unsigned __int128>(placement.offset) + placement.size;
    if (end > heap_bytes) {
      violation.fault = Fault::kOutsideHeap;
      return violation;
    }
    if (const auto neighbour = first_overlap(placement)) {
      violation.fault = Fault::kOverlap;
      violation.neighbour = neighbour;
      return violation;
    }
    set_owner(placement.offset, placement.size, placement.block);
    live_[placement.block] = {.offset = placement.offset, .size = placement.size};
    return std::nullopt;
  }

  void remove(BlockId block) {
    const Extent extent = live_.at(block);
    set_owner(extent.offset, extent.size, kNoBlock);
    live_.erase(block);
  }

  const std::map<BlockId, Extent>& live() const { return live_; }

 private:
  std::optional<BlockId> first_overlap(const Placement& placement) const {
    std::vector<std::pair<std::uint64_t, BlockId>> met;
    if (placement.size == 0) {
      const BlockId owner =
          placement.offset < owner_of_byte_.size() ? owner_of_byte_[placement.offset] : kNoBlock;
      if (owner != kNoBlock) return owner;
    }
    for (std::uint64_t at = placement.offset; at < placement.offset + placement.size; ++at) {
      if (owner_of_byte_[at] != kNoBlock)
        met.emplace_back(live_.at(owner_of_byte_[at]).offset, owner_of_byte_[at]);
    }
    for (const auto& [block, extent] : live_) {
      if (extent.size == 0 && placement.offset <= extent.offset &&
          extent.offset < placement.offset + placement.size) {
        met.emplace_back(extent.offset, block);
      }
    }
    if (met.empty()) return std::nullopt;
    return std::min_element(met.begin(), met.end())->second;
  }

  void set_owner(std::uint64_t offset, std::uint64_t size, BlockId owner) {
    std::fill_n(owner_of_byte_.begin() + static_cast<std::ptrdiff_t>(offset), size, owner);
  }

  ShadowSettings settings_;
  std::vector<BlockId> owner_of_byte_;
  std::map<BlockId, Extent> live_;
};

// Replies that are mostly near the mark.
class ReplySource {
 public:
  ReplySource(std::uint32_t seed, const ShadowSettings& settings) : random_(seed), settings_(settings) {}

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  bool one_in(std::uint64_t chance) { return below(chance) == 0; }

  Placement next(std::size_t request, BlockId block) {
    Placement placement{.request = request, .block = block};
    placement.offset = below(settings_.heap_limit_bytes / settings_.alignment + 2) * settings_.alignment;
    placement.size = below(std::uint64_t{1} << below(9));
    placement.heap_bytes = settings_.heap_limit_bytes;
    if (one_in(8)) placement.size = 0;
    if (one_in(20)) placement.heap_bytes = below(settings_.heap_limit_bytes + 100);
    if (one_in(20)) placement.alignment = std::uint64_t{1} << below(64);
    if (one_in(20)) placement.offset += below(settings_.alignment);
    if (one_in(40)) placement.offset = random_();
    if (one_in(40)) placement.offset = 0 - placement.offset;
    if (one_in(40)) placement.size = random_();
    if (one_in(40)) placement.size = 0 - placement.offset + below(64);
    if (one_in(40)) placement.heap_bytes = UINT64_MAX - below(64);
    return placement;
  }

 private:
  std::mt19937_64 random_;
  ShadowSettings settings_;
};

std::vector<std::pair<std::uint64_t, BlockId>> in_order(const ByteMap& map) {
  std::vector<std::pair<std::uint64_t, BlockId>> blocks;
  for (const auto& [block, extent] : map.live()) blocks.emplace_back(extent.offset, block);
  std::sort(blocks.begin(), blocks.end());
  return blocks;
}

std::vector<std::pair<std::uint64_t, BlockId>> in_order(const ShadowHeap& shadow) {
  std::vector<std::pair<std::uint64_t, BlockId>> blocks;
  shadow.for_each([&](BlockId block, const Extent& extent) { blocks.emplace_back(extent.offset, block); });
  return blocks;
}

// The shadow is as new.
void expect_agreement(ShadowHeap& shadow, const ShadowSettings& settings, std::uint32_t seed, int steps) {
  SCOPED_TRACE(testing::Message() << "seed " << seed << " limit " << settings.heap_limit_bytes
                                  << " alignment " << settings.alignment);
  ReplySource source(seed, settings);
  ByteMap map(settings);
  for (int step = 1; step <= steps; ++step) {
    const auto block = static_cast<BlockId>(source.below(settings.block_count));
    ASSERT_EQ(shadow.is_live(block), map.live().contains(block)) << "step " << step;
    if (shadow.is_live(block)) {
      ASSERT_EQ(shadow.extent_of(block), map.live().at(block)) << "step " << step;
      shadow.remove(block);
      map.remove(block);
    } else {
      const Placement placement = source.next(static_cast<std::size_t>(step), block);
      const auto expected = map.place(placement);
      const auto found = shadow.place(placement);
      ASSERT_EQ(found, expected) << "step " << step << " offset " << placement.offset << " size "
                                 << placement.size;
    }
    if (source.one_in(500)) {
      ASSERT_EQ(in_order(shadow), in_order(map)) << "step " << step;
      shadow.check();
    }
    if (source.one_in(5000)) {
      shadow.clear();
      for (BlockId id = 0; id < settings.block_count; ++id) {
        if (map.live().contains(id)) map.remove(id);
      }
    }
  }
  shadow.check();
}

void expect_agreement(const ShadowSettings& settings, std::uint32_t seed, int steps) {
  ShadowHeap shadow(settings);
  expect_agreement(shadow, settings, seed, steps);
}

TEST(ShadowHeapRandom, AgreesWithAByteMapInACrampedHeap) {
  for (std::uint32_t seed = 1; seed <= 4; ++seed) {
    expect_agreement({.heap_limit_bytes = 2048, .alignment = 16, .block_count = 40}, seed, 60000);
  }
}

TEST(ShadowHeapRandom, AgreesWithAByteMapInAWideHeap) {
  expect_agreement({.heap_limit_bytes = 100000, .alignment = 16, .block_count = 900}, 5, 60000);
}

TEST(ShadowHeapRandom, AgreesWithAByteMapAtOtherAlignments) {
  expect_agreement({.heap_limit_bytes = 3001, .alignment = 8, .block_count = 60}, 6, 60000);
  expect_agreement({.heap_limit_bytes = 1500, .alignment = 1, .block_count = 30}, 7, 60000);
  expect_agreement({.heap_limit_bytes = 5000, .alignment = 64, .block_count = 30}, 8, 60000);
}

TEST(ShadowHeapRandom, AgreesWithAByteMapAfterEachRestart) {
  ShadowHeap shadow({});
  for (std::uint32_t seed = 9; seed < 40; ++seed) {
    std::mt19937 random(seed);
    const ShadowSettings settings{.heap_limit_bytes = 500 + random() % 4000,
                                  .alignment = random() % 8 == 0 ? 8u : 16u,
                                  .block_count = static_cast<std::uint32_t>(1 + random() % 200)};
    shadow.restart(settings);
    shadow.check();
    expect_agreement(shadow, settings, seed, 2000);
  }
}

}  // namespace
}  // namespace heapjudge
