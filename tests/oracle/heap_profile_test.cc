// The split of the heap into payload, overhead and holes, on layouts computed by hand.
#include "oracle/heap_profile.h"

#include <gtest/gtest.h>

namespace heapjudge {
namespace {

struct Laid {
  std::uint64_t offset;
  std::uint64_t size;
};

ShadowHeap shadow_of(const std::vector<Laid>& layout) {
  ShadowHeap shadow({.heap_limit_bytes = 1u << 20, .alignment = 16, .block_count = 1000});
  BlockId block = 0;
  for (const auto& [offset, size] : layout) {
    EXPECT_FALSE(shadow.place({.block = block++, .offset = offset, .size = size, .heap_bytes = 1u << 20}));
  }
  return shadow;
}

// The profile of one moment: a trace of one request.
HeapProfile profile_of(const std::vector<Laid>& layout, std::uint64_t heap_bytes) {
  const ShadowHeap shadow = shadow_of(layout);
  HeapProfiler profiler(1, 1, 16);
  profiler.record(1, shadow, heap_bytes);
  return profiler.finish();
}

void expect_split(const HeapProfile& profile, double payload, double internal, double external) {
  const auto heap = static_cast<double>(profile.heap_bytes);
  EXPECT_DOUBLE_EQ(profile.utilization * heap, payload);
  EXPECT_DOUBLE_EQ(profile.internal_fraction * heap, internal);
  EXPECT_DOUBLE_EQ(profile.external_fraction * heap, external);
  EXPECT_DOUBLE_EQ(profile.utilization + profile.internal_fraction + profile.external_fraction, 1);
}

TEST(HeapProfile, SmallGapsAreInternal) {
  // 16 before the first; 8 and 40 between (40 < 2 * 16 + 16); 20 after the last.
  expect_split(profile_of({{16, 40}, {64, 24}, {128, 100}}, 248), 164, 84, 0);
}

TEST(HeapProfile, LargeGapIsAHoleAndTheOverheadOfOneBlock) {
  // 16, then 8, then 200 of which 8 are overhead, then 8.
  expect_split(profile_of({{16, 40}, {64, 56}, {320, 40}}, 368), 136, 16 + 8 + 8 + 8, 192);
}

TEST(HeapProfile, GapOf48IsAHole) {
  expect_split(profile_of({{16, 16}, {80, 16}}, 96), 32, 16 + 16, 32);
}

TEST(HeapProfile, TypicalOverheadIsAtMostTwiceTheAlignment) {
  // A lone block far up: 32 of the gap below it are overhead, and 32 of the one above.
  expect_split(profile_of({{1600, 400}}, 4000), 400, 64, 1568 + 1968);
}

TEST(HeapProfile, BlocksWithoutOverheadLeaveHolesWhole) {
  expect_split(profile_of({{0, 64}, {64, 64}, {256, 64}}, 384), 192, 0, 128 + 64);
}

// What is mapped lies far above what has grown; nothing between them is heap.
HeapProfile profile_with(const std::vector<HeapRange>& mapped, const std::vector<Laid>& layout,
                         std::uint64_t heap_bytes) {
  const ShadowHeap shadow = shadow_of(layout);
  HeapProfiler profiler(1, 1, 16);
  profiler.record(1, shadow, heap_bytes, mapped);
  return profiler.finish();
}

TEST(HeapProfile, MappedRangesAreHeapAndTheRoomBelowThemIsNot) {
  // 16 and 16 in the 104 that have grown; 16 in front and 20 behind in the range.
  expect_split(profile_with({{0x80000, 4096}}, {{16, 72}, {0x80010, 4060}}, 104 + 4096), 4132, 32 + 16 + 20, 0);
}

TEST(HeapProfile, AGapEndsWhereAPartOfTheHeapEnds) {
  // Above the last grown block a hole of 100, of which 16 are overhead; so is 16 of the 96 behind the mapped block.
  // The two are no hole of 212 together.
  expect_split(profile_with({{0x80000, 4096}}, {{16, 84}, {0x80010, 3984}}, 200 + 4096), 4068, 16 + 16 + 16 + 16,
               84 + 80);
}

TEST(HeapProfile, ARangeWithoutABlockIsAHole) {
  // Between two that are full, and above; nothing has grown.
  expect_split(profile_with({{0x10000, 4096}, {0x20000, 4096}, {0x30000, 4096}, {0x31000, 8192}},
                            {{0x10000, 4096}, {0x30000, 4096}}, 5 * 4096),
               8192, 0, 3 * 4096);
}

TEST(HeapProfile, ABlockOfNothingMayLieAtTheEndOfAPart) {
  expect_split(profile_with({{0x80000, 4096}}, {{16, 48}, {64, 0}, {0x80000, 4096}}, 64 + 4096), 4144, 16, 0);
}

TEST(HeapProfile, ZeroSizeBlocksAreOverhead) {
  // Two at +0x40 share an address; what lies around them is too small for another block. The gap of nothing
  // between them does not make the overhead in the hole above, 16 as before the first block, any smaller.
  expect_split(profile_of({{16, 24}, {64, 0}, {64, 0}, {96, 32}}, 328), 56, 16 + 24 + 32 + 16, 184);
}

TEST(HeapProfile, NothingLiveIsAllExternal) {
  const ShadowHeap shadow = shadow_of({});
  HeapProfiler profiler(1, 0, 16);
  profiler.record(1, shadow, 4096);
  expect_split(profiler.finish(), 0, 0, 4096);
}

TEST(HeapProfile, EmptyHeapHasNoFractions) {
  const ShadowHeap shadow = shadow_of({});
  HeapProfiler profiler(1, 0, 16);
  profiler.record(1, shadow, 0);
  EXPECT_EQ(profiler.finish(), (HeapProfile{.samples = {{.request = 1}}}));
}

TEST(HeapProfile, GrowthAfterThePeakIsExternal) {
  const ShadowHeap at_peak = shadow_of({{16, 40}, {64, 40}});
  const ShadowHeap later = shadow_of({{16, 40}});
  HeapProfiler profiler(3, 1, 16);
  profiler.record(1, at_peak, 112);
  profiler.record(2, later, 1112);
  profiler.record(3, later, 612);
  const HeapProfile profile = profiler.finish();
  EXPECT_EQ(profile.peak_payload_bytes, 80u);
  EXPECT_EQ(profile.peak_request, 1u);
  EXPECT_EQ(profile.heap_bytes, 1112u);
  expect_split(profile, 80, 32, 1000);
}

TEST(HeapProfile, AHeapThatWasLargerWithinARequestCounts) {
  const ShadowHeap shadow = shadow_of({{16, 40}});
  HeapProfiler profiler(1, 1, 16);
  profiler.record(1, shadow, 100);
  const HeapProfile profile = profiler.finish(400);
  EXPECT_EQ(profile.heap_bytes, 400u);
  EXPECT_DOUBLE_EQ(profile.utilization, 0.1);
}

TEST(HeapProfile, ShortTraceIsSampledAtEveryRequest) {
  const ShadowHeap shadow = shadow_of({{16, 40}});
  HeapProfiler profiler(3, 1, 16);
  for (std::size_t request = 1; request <= 3; ++request) profiler.record(request, shadow, 100 * request);
  EXPECT_EQ(profiler.finish().samples, (std::vector<HeapSample>{{1, 40, 100}, {2, 40, 200}, {3, 40, 300}}));
}

TEST(HeapProfile, AtMost256SamplesEvenlySpreadAndTheLastIncluded) {
  const ShadowHeap shadow = shadow_of({{16, 40}});
  for (const std::size_t requests : {1u, 255u, 256u, 257u, 511u, 512u, 513u, 1000u, 65537u}) {
    HeapProfiler profiler(requests, 0, 16);
    for (std::size_t request = 1; request <= requests; ++request) profiler.record(request, shadow, 4096);
    const auto samples = profiler.finish().samples;
    ASSERT_FALSE(samples.empty());
    EXPECT_LE(samples.size(), 256u) << requests;
    EXPECT_GE(samples.size(), std::min<std::size_t>(requests, 128)) << requests;
    EXPECT_EQ(samples.back().request, requests);
    for (std::size_t i = 2; i + 1 < samples.size(); ++i) {
      EXPECT_EQ(samples[i].request - samples[i - 1].request, samples[1].request - samples[0].request);
    }
  }
}

}  // namespace
}  // namespace heapjudge
