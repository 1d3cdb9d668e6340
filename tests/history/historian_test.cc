// What is written down of a replay, against what the subject was seen to answer.
#include "history/historian.h"

#include <gtest/gtest.h>

#include "judge/examine.h"
#include "tests/judge/bump_subject.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

using Moment = BumpSubject::Moment;
using Blocks = std::vector<BlockLife>;

Examination examine_text(const std::string& text, const BumpSubject::Mischief& mischief = {},
                         std::size_t batch = 64) {
  ExamineSettings settings{.history = true};
  settings.rules.heap_limit_bytes = BumpSubject::kHeapBytes;
  return examine(
      parse_trace("test.rep", text), [&] { return std::make_unique<BumpSubject>(mischief, batch); },
      settings);
}

HeapHistory history_of(const std::string& text, const BumpSubject::Mischief& mischief = {}) {
  return *examine_text(text, mischief).history;
}

TEST(Historian, TellsWhereEveryBlockLayAndFromWhenToWhen) {
  const HeapHistory history = history_of("1048576\n2\n4\n1\na 0 40\na 1 24\nf 0\na 0 8\n");
  EXPECT_EQ(history.grown_bytes, (std::vector<std::uint64_t>{0, 64, 96, 96, 112}));
  EXPECT_EQ(history.blocks, (Blocks{{0, 1, 3, 16, 40}, {1, 2, 5, 64, 24}, {0, 4, 5, 96, 8}}));
  EXPECT_EQ(history.requests(), 4u);
  EXPECT_EQ(history.alignment, 16u);
}

TEST(Historian, AResizedBlockStartsAnotherLife) {
  const HeapHistory history = history_of("1048576\n1\n3\n1\na 0 40\nr 0 80\nf 0\n");
  EXPECT_EQ(history.blocks, (Blocks{{0, 1, 2, 16, 40}, {0, 2, 3, 64, 80}}));
}

TEST(Historian, ABlockResizedToNothingIsGone) {
  const HeapHistory history = history_of("1048576\n1\n2\n1\na 0 40\nr 0 0\n");
  EXPECT_EQ(history.blocks, (Blocks{{0, 1, 2, 16, 40}}));
}

TEST(Historian, AReallocThatFailsChangesNothing) {
  const HeapHistory history = history_of("1048576\n1\n4\n1\na 0 40\ns 1\nr 0 80\nf 0\n");
  EXPECT_EQ(history.blocks, (Blocks{{0, 1, 4, 16, 40}}));
}

TEST(Historian, WhatIsRefusedWasNeverThere) {
  const HeapHistory history = history_of("1048576\n2\n3\n1\na 0 40\na 1 2000000\nf 1\n");
  EXPECT_EQ(history.blocks, (Blocks{{0, 1, 4, 16, 40}}));
}

TEST(Historian, InitEndsEveryLife) {
  const HeapHistory history = history_of("1048576\n2\n5\n1\na 0 40\nf 0\na 1 8\ni\na 0 24\n");
  EXPECT_EQ(history.blocks, (Blocks{{0, 1, 2, 16, 40}, {1, 3, 4, 64, 8}, {0, 5, 6, 16, 24}}));
  EXPECT_EQ(history.grown_bytes, (std::vector<std::uint64_t>{0, 64, 64, 80, 16, 48}));
}

TEST(Historian, MappedRangesComeAndGo) {
  const auto map = [](Moment moment) {
    if (moment.request == 1) moment.subject.map({{0x80000, 4096}});
    if (moment.request == 2) moment.subject.map({{0x40000, 8192}, {0x80000, 4096}});
    if (moment.request == 3) moment.subject.map({{0x40000, 8192}});
  };
  const HeapHistory history = history_of("1048576\n4\n4\n1\na 0 40\na 1 24\na 2 8\na 3 8\n", map);
  EXPECT_EQ(history.ranges, (std::vector<RangeLife>{{{0x80000, 4096}, 1, 3}, {{0x40000, 8192}, 2, 5}}));
}

TEST(Historian, EndsWhereTheReplayWentWrong) {
  const auto break_rule = [](Moment moment) {
    if (moment.request == 3) moment.reply.offset += 8;
  };
  for (const std::size_t batch : {1u, 2u, 64u}) {
    const Examination examination =
        examine_text("1048576\n3\n3\n1\na 0 40\na 1 24\na 2 8\n", break_rule, batch);
    ASSERT_TRUE(examination.finding && examination.history);
    EXPECT_EQ(examination.history->requests(), 2u);
    EXPECT_EQ(examination.history->blocks, (Blocks{{0, 1, 3, 16, 40}, {1, 2, 3, 64, 24}})) << batch;
  }
}

TEST(Historian, IsNotAskedUnlessItIsWanted) {
  ExamineSettings settings;
  settings.rules.heap_limit_bytes = BumpSubject::kHeapBytes;
  const Trace trace = parse_trace("test.rep", "1048576\n1\n1\n1\na 0 40\n");
  EXPECT_FALSE(examine(
                   trace, [] { return std::make_unique<BumpSubject>(); }, settings)
                   .history);
}

TEST(Historian, AnInitThatFailsLeavesNoMoment) {
  const auto fail = [](Moment moment) {
    if (moment.request == 0) moment.reply.offset = kInitFailed;
  };
  const Examination examination = examine_text("1048576\n1\n1\n1\na 0 40\n", fail);
  ASSERT_TRUE(examination.finding && examination.history);
  EXPECT_EQ(*examination.history, HeapHistory{});
}

}  // namespace
}  // namespace heapjudge
