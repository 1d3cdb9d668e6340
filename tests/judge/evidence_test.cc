// What a report is told about the blocks involved.
#include "judge/evidence.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "trace/rep_format.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kNull = 0xdead;

Trace trace_of(const std::string& lines, int ids, int requests) {
  return parse_trace("t.rep", fmt::format("1000\n{}\n{}\n1\n{}", ids, requests, lines));
}

TEST(Histories, AStretchEndsWithAFreeOrARealloc) {
  const Trace trace = trace_of("a 0 40\nr 0 80\nf 0\na 0 8\n", 1, 4);
  const std::vector<std::uint64_t> offsets{16, 64, 0, 16};
  const auto histories = histories_of({trace, offsets, kNull}, 4, {0}, nullptr);
  ASSERT_EQ(histories.size(), 3u);
  EXPECT_EQ(histories[0].born, 1u);
  EXPECT_EQ(histories[0].died, 2u);
  EXPECT_EQ(histories[1].offset, 64u);
  EXPECT_EQ(histories[1].died, 3u);
  EXPECT_EQ(histories[2].born, 4u);
  EXPECT_EQ(histories[2].died, 0u);
}

TEST(Histories, AReallocThatFailedLeavesTheBlock) {
  const Trace trace = trace_of("a 0 40\nr 0 80\n", 1, 2);
  const std::vector<std::uint64_t> offsets{16, kNull};
  const auto histories = histories_of({trace, offsets, kNull}, 2, {0}, nullptr);
  ASSERT_EQ(histories.size(), 1u);
  EXPECT_EQ(histories[0].died, 0u);
}

TEST(Histories, TellWhoLivedThereBefore) {
  const Trace trace = trace_of("a 0 40\na 1 40\nf 0\nf 1\na 2 100\n", 3, 5);
  const std::vector<std::uint64_t> offsets{16, 64, 0, 0, 16};
  const Extent around{16, 30, 0};
  const auto histories = histories_of({trace, offsets, kNull}, 5, {2}, &around);
  ASSERT_EQ(histories.size(), 2u);
  EXPECT_EQ(histories[0].block, 0u);
  EXPECT_EQ(histories[1].block, 2u);
}

TEST(Histories, InitEndsEverything) {
  const Trace trace = trace_of("a 0 40\ni\na 0 40\n", 1, 3);
  const std::vector<std::uint64_t> offsets{16, 0, 16};
  const auto histories = histories_of({trace, offsets, kNull}, 3, {0}, nullptr);
  ASSERT_EQ(histories.size(), 2u);
  EXPECT_EQ(histories[0].died, 2u);
}

TEST(BlockNamedBy, FindsThePayloadThatAnAddressWasReadFrom) {
  const Trace trace = trace_of("a 0 40\na 1 40\na 2 40\n", 3, 3);
  const std::vector<std::uint64_t> offsets{16, 64, 112};
  const RunRecord record{trace, offsets, kNull};
  const PayloadPattern pattern(PointerWidth::k64);
  EXPECT_EQ(block_named_by(record, 3, pattern, 0x5eed00020008), BlockId{1});
  EXPECT_EQ(block_named_by(record, 3, pattern, 0x5eed00020010 + 8), BlockId{1}) << "beside a word";
  EXPECT_EQ(block_named_by(record, 3, pattern, 0x28), std::nullopt);
}

TEST(EdgeCase, IsAZeroSizeOrNull) {
  const Trace trace = trace_of("a 0 0\nf -1\nr 1 8\nr 1 16\nr 1 0\nr 1 8\nf 0\nc 2 0 8\n", 3, 8);
  const bool expected[] = {false, true, true, true, false, true, true, false, true};
  for (std::size_t request = 0; request <= 8; ++request) {
    EXPECT_EQ(is_edge_case(trace, request), expected[request]) << request;
  }
}

}  // namespace
}  // namespace heapjudge
