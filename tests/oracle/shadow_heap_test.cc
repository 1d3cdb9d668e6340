// The rules of placement, edge by edge.
#include "oracle/shadow_heap.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace heapjudge {

namespace {

constexpr std::uint64_t kLimit = 4096;

ShadowHeap make_shadow(std::uint64_t limit = kLimit) {
  return ShadowHeap({.heap_limit_bytes = limit, .alignment = 16, .block_count = 300});
}

std::optional<Violation> place(ShadowHeap& shadow, BlockId block, std::uint64_t offset, std::uint64_t size,
                               std::uint64_t heap_bytes = kLimit) {
  return shadow.place(
      {.request = block + 1u, .block = block, .offset = offset, .size = size, .heap_bytes = heap_bytes});
}

std::optional<Fault> fault_of(const std::optional<Violation>& violation) {
  return violation ? std::optional(violation->fault) : std::nullopt;
}

TEST(ShadowHeap, TakesInBlocksSideBySide) {
  ShadowHeap shadow = make_shadow();
  EXPECT_FALSE(place(shadow, 0, 0, 16));
  EXPECT_FALSE(place(shadow, 1, 16, 17));
  EXPECT_FALSE(place(shadow, 2, 48, kLimit - 48));
  EXPECT_EQ(shadow.live_blocks(), 3u);
  EXPECT_EQ(shadow.live_bytes(), 16 + 17 + kLimit - 48);
  EXPECT_EQ(shadow.extent_of(1), (Extent{.offset = 16, .size = 17}));
  shadow.check();
}

TEST(ShadowHeap, ViolationTellsWhatWasSaidAndWhatItRunsInto) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 7, 160, 40));
  const auto violation = place(shadow, 3, 80, 100, 1000);
  EXPECT_EQ(violation, (Violation{.fault = Fault::kOverlap,
                                  .request = 4,
                                  .block = 3,
                                  .offset = 80,
                                  .size = 100,
                                  .heap_bytes = 1000,
                                  .neighbour = 7}));
  EXPECT_FALSE(shadow.is_live(3));
  EXPECT_EQ(shadow.live_bytes(), 40u);
  shadow.check();
}

TEST(ShadowHeap, MisalignedComesBeforeOutsideComesBeforeOverlap) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 0, 1000));
  EXPECT_EQ(fault_of(place(shadow, 1, 8, 5000)), Fault::kMisaligned);
  EXPECT_EQ(fault_of(place(shadow, 1, 16, 5000)), Fault::kOutsideHeap);
  EXPECT_EQ(fault_of(place(shadow, 1, 16, 100)), Fault::kOverlap);
}

TEST(ShadowHeap, AlignedRequestMustMeetItsOwnAlignmentAndTheDefault) {
  ShadowHeap shadow = make_shadow();
  const auto placed = [&](std::uint64_t offset, std::uint64_t alignment) {
    return fault_of(shadow.place(
        {.block = 0, .offset = offset, .size = 1, .heap_bytes = kLimit, .alignment = alignment}));
  };
  EXPECT_EQ(placed(64, 128), Fault::kMisaligned);
  EXPECT_EQ(placed(8, 8), Fault::kMisaligned);
  EXPECT_EQ(placed(1024, std::uint64_t{1} << 63), Fault::kMisaligned);
  EXPECT_EQ(placed(256, 128), std::nullopt);
}

TEST(ShadowHeap, AlignmentBeyondThatOfTheHeapIsAboutAddresses) {
  ShadowHeap shadow(
      {.heap_limit_bytes = kLimit, .alignment = 16, .block_count = 2, .heap_base = 0x800000400});
  const auto placed = [&](BlockId block, std::uint64_t offset) {
    return fault_of(
        shadow.place({.block = block, .offset = offset, .size = 1, .heap_bytes = kLimit, .alignment = 2048}));
  };
  EXPECT_EQ(placed(0, 0), Fault::kMisaligned);
  EXPECT_EQ(placed(0, 0x400), std::nullopt);
}

TEST(ShadowHeap, LastByteOfTheHeapIsInsideAndTheNextIsNot) {
  ShadowHeap shadow = make_shadow();
  EXPECT_EQ(fault_of(place(shadow, 0, 16, 85, 100)), Fault::kOutsideHeap);
  EXPECT_EQ(fault_of(place(shadow, 0, 112, 1, 112)), Fault::kOutsideHeap);
  EXPECT_EQ(fault_of(place(shadow, 0, 16, 84, 100)), std::nullopt);
}

TEST(ShadowHeap, RangesThatWrapAroundAreOutside) {
  ShadowHeap shadow = make_shadow();
  constexpr std::uint64_t kMost = UINT64_MAX;
  EXPECT_EQ(fault_of(place(shadow, 0, kMost - 15, 16)), Fault::kOutsideHeap);
  EXPECT_EQ(fault_of(place(shadow, 0, kMost - 15, kMost)), Fault::kOutsideHeap);
  EXPECT_EQ(fault_of(place(shadow, 0, kMost - 31, 64)), Fault::kOutsideHeap);
  EXPECT_EQ(fault_of(place(shadow, 0, 16, kMost)), Fault::kOutsideHeap);
  EXPECT_EQ(fault_of(place(shadow, 0, 16, kMost - 15)), Fault::kOutsideHeap);
  EXPECT_EQ(fault_of(place(shadow, 0, 0, kMost)), Fault::kOutsideHeap);
  EXPECT_EQ(fault_of(place(shadow, 0, kMost, 0)), Fault::kMisaligned);
  EXPECT_EQ(fault_of(place(shadow, 0, kMost - 15, 0)), Fault::kOutsideHeap);
  EXPECT_EQ(fault_of(place(shadow, 0, std::uint64_t{1} << 63, std::uint64_t{1} << 63)), Fault::kOutsideHeap);
  shadow.check();
}

TEST(ShadowHeap, HeapBytesAboveTheLimitAreTakenAsTheLimit) {
  ShadowHeap shadow = make_shadow();
  const auto violation = place(shadow, 0, kLimit - 16, 17, UINT64_MAX);
  ASSERT_EQ(fault_of(violation), Fault::kOutsideHeap);
  EXPECT_EQ(violation->heap_bytes, kLimit);
  EXPECT_FALSE(place(shadow, 0, kLimit - 16, 16, UINT64_MAX));
}

TEST(ShadowHeap, EnclosingBlockOverlaps) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 512, 32));
  EXPECT_EQ(fault_of(place(shadow, 1, 256, 1024)), Fault::kOverlap);
}

TEST(ShadowHeap, EnclosedBlockOverlaps) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 256, 1024));
  EXPECT_EQ(fault_of(place(shadow, 1, 512, 32)), Fault::kOverlap);
}

TEST(ShadowHeap, NewLowestBlockOverlapsItsSuccessor) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 32, 32));
  EXPECT_EQ(fault_of(place(shadow, 1, 0, 33)), Fault::kOverlap);
  EXPECT_EQ(fault_of(place(shadow, 1, 0, 32)), std::nullopt);
}

TEST(ShadowHeap, NewHighestBlockOverlapsItsPredecessorByOneByte) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 32, 33));
  EXPECT_EQ(fault_of(place(shadow, 1, 64, 8)), Fault::kOverlap);
  EXPECT_EQ(fault_of(place(shadow, 1, 80, 8)), std::nullopt);
}

TEST(ShadowHeap, SameBlockTwiceOverlaps) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 32, 1));
  EXPECT_EQ(fault_of(place(shadow, 1, 32, 1)), Fault::kOverlap);
}

TEST(ShadowHeap, OfSeveralBlocksRunIntoTheLowestIsNamed) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 512, 16));
  ASSERT_FALSE(place(shadow, 1, 128, 16));
  ASSERT_FALSE(place(shadow, 2, 256, 16));
  EXPECT_EQ(place(shadow, 3, 64, 1024)->neighbour, 1u);
  EXPECT_EQ(place(shadow, 3, 144, 1024)->neighbour, 2u);
}

TEST(ShadowHeap, RemovedBlockGivesItsRoomBack) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 0, kLimit));
  shadow.remove(0);
  EXPECT_FALSE(shadow.is_live(0));
  EXPECT_EQ(shadow.live_bytes(), 0u);
  EXPECT_FALSE(place(shadow, 0, 16, 100));
  EXPECT_FALSE(place(shadow, 1, 128, 100));
  shadow.check();
}

TEST(ShadowHeap, ZeroSizeBlocksShareAnAddress) {
  ShadowHeap shadow = make_shadow();
  for (const BlockId block : {0u, 1u, 2u}) EXPECT_FALSE(place(shadow, block, 64, 0));
  shadow.check();
  shadow.remove(0);
  shadow.remove(2);
  EXPECT_EQ(fault_of(place(shadow, 0, 64, 1)), Fault::kOverlap);
  shadow.remove(1);
  shadow.check();
  EXPECT_EQ(fault_of(place(shadow, 0, 64, 1)), std::nullopt);
}

TEST(ShadowHeap, ZeroSizeBlockAtTheStartOrInsideOfABlockOverlaps) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 64, 40));
  EXPECT_EQ(fault_of(place(shadow, 1, 64, 0)), Fault::kOverlap);
  EXPECT_EQ(place(shadow, 1, 96, 0)->neighbour, 0u);
  EXPECT_EQ(fault_of(place(shadow, 1, 112, 0)), std::nullopt);
}

TEST(ShadowHeap, ZeroSizeBlockAtTheEndOfABlockIsInnocent) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 64, 32));
  EXPECT_FALSE(place(shadow, 1, 96, 0));
  EXPECT_FALSE(place(shadow, 2, 112, 32));
  shadow.check();
}

TEST(ShadowHeap, BlockOverAZeroSizeBlockOverlaps) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 0, 64, 0));
  EXPECT_EQ(place(shadow, 1, 64, 16)->neighbour, 0u);
  EXPECT_EQ(fault_of(place(shadow, 1, 48, 17)), Fault::kOverlap);
  EXPECT_EQ(fault_of(place(shadow, 1, 48, 16)), std::nullopt);
}

TEST(ShadowHeap, ZeroSizeBlockMayLieAtTheHeapsEnd) {
  ShadowHeap shadow = make_shadow();
  EXPECT_FALSE(place(shadow, 0, 64, 0, 64));
  EXPECT_FALSE(place(shadow, 1, kLimit, 0));
  EXPECT_EQ(fault_of(place(shadow, 2, kLimit + 16, 0, UINT64_MAX)), Fault::kOutsideHeap);
  shadow.check();
}

TEST(ShadowHeap, ClearForgetsEveryBlock) {
  ShadowHeap shadow = make_shadow();
  for (BlockId block = 0; block < 200; ++block) ASSERT_FALSE(place(shadow, block, 16 * block, block % 17));
  shadow.clear();
  EXPECT_EQ(shadow.live_blocks(), 0u);
  EXPECT_EQ(shadow.live_bytes(), 0u);
  shadow.check();
  EXPECT_FALSE(place(shadow, 299, 0, kLimit));
}

TEST(ShadowHeap, StampStaysUntilTheBlockIsPlacedAgain) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 5, 0, 16));
  shadow.set_stamp(5, 0xffffffff);
  EXPECT_EQ(shadow.extent_of(5).stamp, 0xffffffffu);
  shadow.remove(5);
  ASSERT_FALSE(place(shadow, 5, 0, 16));
  EXPECT_EQ(shadow.extent_of(5).stamp, 0u);
}

TEST(ShadowHeap, NoBlockIsNotLive) {
  const ShadowHeap shadow = make_shadow();
  EXPECT_FALSE(shadow.is_live(kNoBlock));
  EXPECT_FALSE(shadow.is_live(300));
}

TEST(ShadowHeap, VisitsBlocksByRisingOffsetAfterEveryChange) {
  ShadowHeap shadow = make_shadow();
  const auto visited = [&] {
    std::vector<BlockId> blocks;
    shadow.for_each([&](BlockId block, const Extent&) { blocks.push_back(block); });
    return blocks;
  };
  EXPECT_EQ(visited(), std::vector<BlockId>{});
  ASSERT_FALSE(place(shadow, 0, 512, 16));
  ASSERT_FALSE(place(shadow, 1, 256, 16));
  EXPECT_EQ(visited(), (std::vector<BlockId>{1, 0}));
  ASSERT_FALSE(place(shadow, 2, 320, 16));
  shadow.check();
  EXPECT_EQ(visited(), (std::vector<BlockId>{1, 2, 0}));
  shadow.remove(0);
  ASSERT_FALSE(place(shadow, 0, 0, 16));  // the same id elsewhere
  EXPECT_EQ(visited(), (std::vector<BlockId>{0, 1, 2}));
  shadow.remove(1);
  shadow.check();
  EXPECT_EQ(visited(), (std::vector<BlockId>{0, 2}));
  shadow.check();
}

TEST(ShadowHeap, IdsBeyond128AndHugeSparseHeapsAreOrdinary) {
  constexpr std::uint64_t kHuge = std::uint64_t{1} << 47;
  ShadowHeap shadow = make_shadow(kHuge);
  EXPECT_FALSE(place(shadow, 128, kHuge - 16, 16, kHuge));
  EXPECT_FALSE(place(shadow, 255, 0, kHuge / 2, kHuge));
  EXPECT_EQ(place(shadow, 256, kHuge / 2 - 16, 32, kHuge)->neighbour, 255u);
  EXPECT_FALSE(place(shadow, 256, kHuge / 2, kHuge / 2 - 16, kHuge));
  EXPECT_EQ(fault_of(place(shadow, 257, kHuge - 16, 17, kHuge)), Fault::kOutsideHeap);
  shadow.check();
}

TEST(ShadowHeap, MovedShadowKeepsItsBlocks) {
  ShadowHeap shadow = make_shadow();
  ASSERT_FALSE(place(shadow, 1, 64, 16));
  const ShadowHeap other = std::move(shadow);
  EXPECT_TRUE(other.is_live(1));
  other.check();
}

}  // namespace
}  // namespace heapjudge
