// The reference `bins`: what its checker sees beyond small blocks, and which blocks it maps.
#include "tests/judge/in_this_process.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kWord = 8;
constexpr std::uint64_t kUnsorted = 7 * kWord;
constexpr std::uint64_t kBins = 8 * kWord;
constexpr std::uint64_t kMap = 135 * kWord;

std::uint64_t bin_of_small(std::uint64_t block_bytes) { return kBins + block_bytes / 16 * kWord; }

class Bins : public InThisProcess {
 protected:
  void SetUp() override {
    InThisProcess::SetUp();
    Reply reply;
    subject().begin({}, reply);
  }

  std::uint64_t take(std::uint64_t bytes) { return serve({.size = bytes, .verb = Verb::kMalloc}).offset; }
  void release(std::uint64_t payload) { serve({.offset = payload, .verb = Verb::kFree}); }

  ThreeBlocks heap() { return {subject().heap(), {}}; }

  void expect_noticed(std::uint64_t offset, std::uint64_t bits) {
    apply(heap(), {offset, bits});
    EXPECT_FALSE(heap_is_sound()) << "word at " << offset << ", bits " << bits;
    apply(heap(), {offset, bits});
  }

  std::uint64_t address_of_block(std::uint64_t payload) { return subject().heap_base() + payload - kWord; }
};

TEST_P(Bins, UnsortedBlocksAreChecked) {
  take(504);
  const std::uint64_t hole = take(504);
  take(504);
  release(hole);
  ASSERT_TRUE(heap_is_sound());
  for (const std::uint64_t word : {kUnsorted, hole - kWord, hole, hole + kWord, hole + 512 - 2 * kWord}) {
    for (const std::uint64_t bits : {1u, 2u, 16u, 0x1000u}) expect_noticed(word, bits);
  }
  EXPECT_TRUE(heap_is_sound());
}

TEST_P(Bins, SortedBlocksAndTheMapAreChecked) {
  take(504);
  const std::uint64_t hole = take(504);
  take(504);
  release(hole);
  take(4000);  // does not want it
  ASSERT_EQ(heap().word_at(bin_of_small(512)), address_of_block(hole));
  ASSERT_TRUE(heap_is_sound());
  for (const std::uint64_t word : {bin_of_small(512), hole - kWord, hole, hole + kWord, hole + 512 - 2 * kWord}) {
    for (const std::uint64_t bits : {1u, 2u, 16u, 0x1000u}) expect_noticed(word, bits);
  }
  for (unsigned bin = 0; bin < 128; ++bin) expect_noticed(kMap + bin / 64 * kWord, std::uint64_t{1} << bin % 64);
  EXPECT_TRUE(heap_is_sound());
}

TEST_P(Bins, TheOrderOfALargeBinIsChecked) {
  const std::uint64_t larger = take(2024);  // blocks of 2032 and 2000 bytes share a bin: 1984 to 2047
  take(16);
  const std::uint64_t smaller = take(1992);
  take(16);
  release(larger);
  release(smaller);
  take(4000);
  const std::uint64_t head = kBins + (64 + (2000 - 1024) / 64) * kWord;
  ASSERT_EQ(heap().word_at(head), address_of_block(smaller));
  ASSERT_TRUE(heap_is_sound());
  expect_noticed(head, address_of_block(smaller) ^ address_of_block(larger));
  EXPECT_TRUE(heap_is_sound());
}

TEST_P(Bins, WhatIsLargeIsMappedAndGivenBack) {
  const std::uint64_t grown = serve({.size = 1000, .verb = Verb::kMalloc}).heap_bytes;
  const Reply large = serve({.size = 128u << 10, .verb = Verb::kMalloc});
  EXPECT_EQ(large.heap_bytes, grown) << "the heap has not grown";
  EXPECT_EQ(large.peak_bytes, grown + (132u << 10));
  ASSERT_EQ(subject().mapped().size(), 1u);
  EXPECT_EQ(large.offset, subject().mapped()[0].offset + 16);
  release(large.offset);
  EXPECT_TRUE(subject().mapped().empty());
  take((128u << 10) - 64);
  EXPECT_TRUE(subject().mapped().empty()) << "a little less makes the heap grow";
  EXPECT_TRUE(heap_is_sound());
}

TEST_P(Bins, WhatIsFreeAndFitsIsTakenBeforeAnythingIsMapped) {
  const std::uint64_t one = take(100'000);
  const std::uint64_t two = take(100'000);
  take(16);
  release(one);
  release(two);
  EXPECT_EQ(take(150'000), one);
  EXPECT_TRUE(subject().mapped().empty());
}

TEST_P(Bins, AnAlignedBlockInARangeGoesBackAsAWhole) {
  const std::uint64_t block =
      serve({.size = 200'000, .verb = Verb::kAligned, .alignment_log2 = 14}).offset;
  EXPECT_EQ((subject().heap_base() + block) % (1u << 14), 0u);
  ASSERT_EQ(subject().mapped().size(), 1u);
  release(block);
  EXPECT_TRUE(subject().mapped().empty());
}

TEST_P(Bins, ARefusedMapIsReplacedByGrowth) {
  serve({.size = 1, .verb = Verb::kRefuse});
  const Reply reply = serve({.size = 200'000, .verb = Verb::kMalloc});
  EXPECT_TRUE(subject().mapped().empty());
  EXPECT_LT(reply.offset, reply.heap_bytes);
  EXPECT_EQ(reply.sbrk_calls, 2u);
}

INSTANTIATE_TEST_SUITE_P(All, Bins, testing::Values(Specimen{"bins", 0}), test_name);

}  // namespace
}  // namespace heapjudge
