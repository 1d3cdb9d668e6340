// What a hint and a decoded word say, rule by rule.
#include "reports/hints.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstring>

#include "reports/decode.h"
#include "reports/picture.h"
#include "tests/reports/examples.h"

namespace heapjudge {
namespace {

using examples::kBase;

Finding damaged_at(std::uint64_t at, std::uint64_t word) {
  Finding finding = examples::epilogue_in_payload();
  auto& violation = std::get<Violation>(finding.evidence);
  violation.damage->first_offset = violation.offset + at;
  violation.damage->last_offset = violation.damage->first_offset + 7;
  std::memcpy(violation.damage->found.data(), &word, sizeof word);
  return finding;
}

Finding overlap_at(std::uint64_t offset) {
  Finding finding = examples::overlap();
  std::get<Violation>(finding.evidence).offset = offset;
  finding.histories.back().offset = offset;
  return finding;
}

Finding crash_at(std::uint64_t address) {
  Finding finding = examples::crash_in_pattern();
  finding.pointer_from.reset();
  std::get<Ending>(finding.evidence).address = address;
  return finding;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(HintTest, AnOverlapIsToldByWhereTheNeighbourStarts) {
  EXPECT_TRUE(says(hint_for(overlap_at(0x50)), "at most 80 bytes fit at +0x050"));
  EXPECT_TRUE(says(hint_for(overlap_at(0xa0)), "block 1 has this address already"));
  EXPECT_TRUE(says(hint_for(overlap_at(0xb0)), "lies inside block 1, which starts at +0x0a0"));
}

TEST(HintTest, AReallocThatRunsIntoItsNeighbourGrewInPlace) {
  Finding finding = overlap_at(0x50);
  finding.asked.op = Op::kRealloc;
  EXPECT_TRUE(says(hint_for(finding), "before mm_realloc grows into it"));
}

TEST(HintTest, DamageIsToldByItsHandwriting) {
  EXPECT_TRUE(says(hint_for(damaged_at(32, 1)), "an epilogue header"));
  EXPECT_TRUE(says(hint_for(damaged_at(0, kBase + 0x40)), "the links of a free list"));
  EXPECT_TRUE(says(hint_for(damaged_at(192, 208 | 1)), "a footer, or the next block's header"));
  EXPECT_TRUE(says(hint_for(damaged_at(96, 48)), "into the middle of block 5"));
  EXPECT_EQ(hint_for(damaged_at(96, 0x123456789abcdef1)), "");
}

TEST(HintTest, ACrashIsToldByItsAddress) {
  EXPECT_TRUE(says(hint_for(crash_at(8)), "gave NULL and was not checked"));
  EXPECT_TRUE(says(hint_for(crash_at(UINT64_MAX)), "comparison with (void *)-1"));
  EXPECT_TRUE(says(hint_for(crash_at(kBase - 8)), "a prologue is missing"));
  EXPECT_EQ(hint_for(crash_at(0x123456789)), "");
  EXPECT_TRUE(says(hint_for(examples::crash_in_pattern()), "block 12 is in use (since #40)"));
}

TEST(HintTest, APointerIn4BytesGetsTheTwoWaysOut) {
  Finding finding = crash_at(0x2018);
  finding.truncated_pointer = true;
  EXPECT_TRUE(says(hint_for(finding), "--abi ilp32"));
  EXPECT_TRUE(says(hint_for(finding), "heap: {base: low}"));
}

TEST(DecodeTest, AWordIsNamedByWhatItMostLikelyIs) {
  const Finding finding = examples::epilogue_in_payload();
  EXPECT_EQ(meaning_of_word(0, finding), "zero");
  EXPECT_EQ(meaning_of_word(49, finding), "\"size 48, allocated\", as in a header or footer");
  EXPECT_EQ(meaning_of_word(48, finding), "\"size 48, free\", as in a header or footer");
  EXPECT_EQ(meaning_of_word(kBase + 0x50, finding), "the heap address +0x050");
  EXPECT_EQ(meaning_of_word(0x5eed00060020, finding), "what the client wrote into block 5");
  EXPECT_EQ(meaning_of_word(0x216f6c6c65682021, finding), "the text \"! hello!\"");
  EXPECT_EQ(meaning_of_word(0xfffefdfcfbfaf9f8, finding), "");
}

TEST(DecodeTest, AnAddressNextToNullIsTakenForNullUnlessItIsOddAsMinusOneIs) {
  const Finding finding = examples::crash_in_pattern();
  EXPECT_EQ(meaning_of_address(UINT64_MAX - 7, finding),
            "0xfffffffffffffff8 is 8 bytes before address 0: a NULL pointer was followed");
  EXPECT_EQ(meaning_of_address(7, finding),
            "0x7 is 8 bytes past (void *)-1, which a refused mem_sbrk returns");
}

TEST(PictureTest, SharedBytesAreMarkedAndTheHeapsEndIsSeen) {
  const Picture picture = picture_of(examples::overlap(), 60, 24);
  ASSERT_EQ(picture.rows.size(), 5u);
  EXPECT_EQ(picture.rows[1].text, "#2 a 1 40   .00000000000000..11111.");
  EXPECT_EQ(picture.rows[4].text, "#5 a 3 100  .222...3333333333XXX11.  <- 20 bytes shared");
  EXPECT_EQ(picture.cell_bytes, 8u);
}

TEST(PictureTest, AnEnclosedBlockIsAllShared) {
  Finding finding = examples::overlap();
  finding.histories.back().size = 200;
  finding.asked.size = 200;
  EXPECT_EQ(shared_bytes(finding), 40u);
}

TEST(PictureTest, BlocksWithLongNumbersAreLettered) {
  Finding finding = examples::overlap();
  for (BlockHistory& history : finding.histories) history.block += 100;
  const auto marks = marks_of(finding.histories);
  EXPECT_EQ(marks[0].mark, 'a');
  EXPECT_EQ(marks[3].mark, 'd');
}

}  // namespace
}  // namespace heapjudge
