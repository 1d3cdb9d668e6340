// That a replay in memory of earlier ones is as one in memory of its own.
#include <gtest/gtest.h>

#include <array>

#include "judge/replay.h"
#include "tests/judge/bump_subject.h"
#include "trace/generate.h"

namespace heapjudge {
namespace {

constexpr std::array kMixes{kP0Mix, kP1Mix, kP2Mix, kP3Mix};

// What goes wrong with this trace, if anything, is the same in every run of it.
BumpSubject::Mischief mischief_of(const std::uint64_t& seed) {
  return [&seed](BumpSubject::Moment moment) {
    if (moment.request != 1 + seed % 37) return;
    switch (seed % 6) {
      case 1: moment.reply.offset += 8; return;
      case 2: moment.heap[40] ^= std::byte{1}; return;
      case 3: moment.heap[BumpSubject::kHeapBytes / 2] = std::byte{1}; return;
      case 4: moment.subject.die(EndingKind::kCrashed); return;
      case 5: moment.reply.offset = 16; return;
      default: return;
    }
  };
}

void expect_alike(const ReplayResult& found, const ReplayResult& expected) {
  EXPECT_EQ(found.violation, expected.violation);
  EXPECT_EQ(found.ended, expected.ended);
  EXPECT_EQ(found.ended_at, expected.ended_at);
  EXPECT_EQ(found.offsets, expected.offsets);
  EXPECT_EQ(found.growths, expected.growths);
  EXPECT_EQ(found.profile, expected.profile);
}

TEST(Replayer, IsAsNewForEachTrace) {
  std::uint64_t seed = 0;
  BumpSubject subject(mischief_of(seed));
  Replayer replayer(subject);
  for (seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Trace trace = random_trace(seed, 1 + seed % 90, kMixes[seed % kMixes.size()]);
    const ReplayRules rules{.heap_limit_bytes = BumpSubject::kHeapBytes >> seed % 2};
    const ReplaySettings settings{.profile = seed % 3 == 0};
    subject.revive();
    BumpSubject fresh(mischief_of(seed));
    expect_alike(replayer.replay(trace, rules, settings), replay(fresh, trace, rules, settings));
  }
}

}  // namespace
}  // namespace heapjudge
