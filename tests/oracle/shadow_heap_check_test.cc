// The checker on a state that was broken on purpose, and misuse of the shadow by ourselves.
#include <gtest/gtest.h>

#include <utility>

#include "oracle/shadow_heap.h"
#include "oracle/shadow_state.h"

namespace heapjudge {

class ShadowSaboteur {
 public:
  using State = ShadowHeap::State;
  static State& state_of(ShadowHeap& shadow) { return *shadow.state_; }
};

namespace {

constexpr std::uint64_t kLimit = 4096;

ShadowHeap make_shadow() {
  return ShadowHeap({.heap_limit_bytes = kLimit, .alignment = 16, .block_count = 300});
}

bool place(ShadowHeap& shadow, BlockId block, std::uint64_t offset, std::uint64_t size) {
  return !shadow.place({.block = block, .offset = offset, .size = size, .heap_bytes = kLimit});
}

TEST(ShadowHeapDeathTest, MisuseIsOurOwnBugAndAborts) {
  ShadowHeap shadow = make_shadow();
  ASSERT_TRUE(place(shadow, 0, 64, 16));
  EXPECT_DEATH(place(shadow, 0, 128, 16), "live already");
  EXPECT_DEATH(place(shadow, 300, 128, 16), "no such block");
  EXPECT_DEATH(shadow.remove(1), "not live");
  EXPECT_DEATH(shadow.set_stamp(1, 1), "not live");
  EXPECT_DEATH(shadow.extent_of(1), "not live");
  EXPECT_DEATH(ShadowHeap({.heap_limit_bytes = 64, .alignment = 24}), "power of two");
}

TEST(ShadowHeapDeathTest, CheckFindsWhatWasBrokenOnPurpose) {
  using State = ShadowSaboteur::State;
  const auto checked_after = [](void (*break_it)(State&)) {
    ShadowHeap shadow = make_shadow();
    EXPECT_TRUE(place(shadow, 0, 64, 100));
    EXPECT_TRUE(place(shadow, 1, 256, 100));
    EXPECT_TRUE(place(shadow, 2, 512, 0));
    shadow.for_each([](BlockId, const Extent&) {});
    shadow.check();
    break_it(ShadowSaboteur::state_of(shadow));
    shadow.check();
  };
  EXPECT_DEATH(checked_after([](State& s) { s.extents[0].offset = 72; }), "misaligned");
  EXPECT_DEATH(checked_after([](State& s) { s.extents[1].size = kLimit; }), "outside the heap");
  EXPECT_DEATH(checked_after([](State& s) { s.live_bytes = 7; }), "live bytes miscounted");
  EXPECT_DEATH(checked_after([](State& s) { s.live.drop(2); }), "live blocks miscounted");
  EXPECT_DEATH(checked_after([](State& s) {
                 s.extents[0].offset = 320;
                 s.order = {1, 0, 2};
               }),
               "overlap");
  EXPECT_DEATH(checked_after([](State& s) { s.extents[0].offset = 128; }), "not taken");
  EXPECT_DEATH(checked_after([](State& s) { s.taken.erase(4, 11); }), "not taken");
  EXPECT_DEATH(checked_after([](State& s) { s.taken.insert(0, 1); }), "of no live block");
  EXPECT_DEATH(checked_after([](State& s) { s.points.erase(32, 33); }), "zero-size blocks miscounted");
  EXPECT_DEATH(checked_after([](State& s) { s.more_there[32] = 1; }), "shared addresses miscounted");
  EXPECT_DEATH(checked_after([](State& s) { std::swap(s.order[0], s.order[1]); }), "order is wrong");
  EXPECT_DEATH(checked_after([](State& s) { s.in_order.drop(1); }), "missing in the order");
}

}  // namespace
}  // namespace heapjudge
