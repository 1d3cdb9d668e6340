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

std::string hinted(const Finding& finding) {
  return hint_for(finding, examples::identity());
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(HintTest, AnOverlapIsToldByWhereTheNeighbourStarts) {
  EXPECT_TRUE(says(hinted(overlap_at(0x50)), "at most 80 bytes fit at +0x050"));
  EXPECT_TRUE(says(hinted(overlap_at(0xa0)), "block 1 has this address already"));
  EXPECT_TRUE(says(hinted(overlap_at(0xb0)), "lies inside block 1, which starts at +0x0a0"));
}

TEST(HintTest, AReallocThatRunsIntoItsNeighbourGrewInPlace) {
  Finding finding = overlap_at(0x50);
  finding.asked.op = Op::kRealloc;
  EXPECT_TRUE(says(hinted(finding), "before mm_realloc grows into it"));
}

TEST(HintTest, DamageIsToldByItsHandwriting) {
  EXPECT_TRUE(says(hinted(damaged_at(32, 1)), "an epilogue header"));
  EXPECT_TRUE(says(hinted(damaged_at(0, kBase + 0x40)), "the links of a free list"));
  EXPECT_TRUE(says(hinted(damaged_at(192, 208 | 1)), "a footer, or the next block's header"));
  EXPECT_TRUE(says(hinted(damaged_at(0, 48)), "over the first bytes of block 5"));
  EXPECT_TRUE(says(hinted(damaged_at(96, 48)), "into the middle of block 5"));
  EXPECT_EQ(hinted(damaged_at(96, 0x123456789abcdef1)), "");
}

TEST(HintTest, ACrashIsToldByItsAddress) {
  EXPECT_TRUE(says(hinted(crash_at(8)), "gave NULL and was not checked"));
  EXPECT_TRUE(says(hinted(crash_at(UINT64_MAX)), "comparison with (void *)-1"));
  EXPECT_TRUE(says(hinted(crash_at(kBase - 8)), "a prologue is missing"));
  EXPECT_EQ(hinted(crash_at(0x123456789)), "");
  EXPECT_TRUE(says(hinted(examples::crash_in_pattern()), "block 12 is in use (since #40)"));
}

TEST(HintTest, APointerIn4BytesGetsTheThreeWaysOut) {
  Finding finding = crash_at(0x2018);
  finding.truncated_pointer = true;
  EXPECT_TRUE(says(hinted(finding), "Keep them in 8"));
  EXPECT_TRUE(says(hinted(finding), "heapjudge grade mm.c --abi ilp32"));
  EXPECT_TRUE(says(hinted(finding), "heap: {base: low}"));
}

TEST(HintTest, NearAddressZeroTheWarningsOfTheBuildTellACutPointerFromNull) {
  Finding finding = crash_at(0x190);
  finding.truncated_pointer = true;
  Identity identity = examples::identity();
  EXPECT_TRUE(says(hint_for(finding, identity), "gave NULL"));
  EXPECT_TRUE(says(meaning_of_address(0x190, finding, identity), "a NULL pointer was followed"));
  identity.pointer_cast_warnings = 2;
  EXPECT_TRUE(says(hint_for(finding, identity), "pointers are kept in 4 bytes"));
  EXPECT_TRUE(says(meaning_of_address(0x190, finding, identity), "only the lower 4 bytes are left"));
  finding.fault = Fault::kEdgeContract;
  finding.asked = {.block = kNoBlock, .op = Op::kFree};
  EXPECT_TRUE(says(hint_for(finding, identity), "mm_free(NULL) must do nothing"));
}

Finding outside_at(std::uint64_t address, std::uint64_t size) {
  Finding finding = examples::overlap();
  finding.fault = finding.beneath = Fault::kOutsideHeap;
  finding.asked.size = size;
  auto& violation = std::get<Violation>(finding.evidence);
  violation.fault = Fault::kOutsideHeap;
  violation.offset = address - kBase;
  violation.size = size;
  violation.heap_bytes = 4096;
  return finding;
}

TEST(HintTest, AStrayAddressIsToldByWhereItLies) {
  EXPECT_TRUE(says(hinted(outside_at(0x2018, 8)), "pointers are kept in 4 bytes"));
  EXPECT_TRUE(says(hinted(outside_at(UINT64_MAX, 8)), "compare it with (void *)-1"));
  EXPECT_TRUE(says(hinted(outside_at(8, 8)), "computed from NULL"));
  EXPECT_TRUE(says(hinted(outside_at(kBase - 64, 8)), "downwards past the first block"));
  EXPECT_EQ(hinted(outside_at(0x7f0000001000, 8)), "");
}

TEST(HintTest, AHugeSizeIsToldByWhatBecameOfIt) {
  EXPECT_TRUE(says(hinted(outside_at(kBase + 4096, UINT64_MAX - 7)), "overflowed to a small one"));
  EXPECT_TRUE(says(hinted(outside_at(kBase + 4096, 0x100000010)), "4294967312 becomes 16"));
}

TEST(HintTest, AFullHeapIsToldByHowLittleLives) {
  Finding finding = outside_at(kBase, 100);
  finding.fault = finding.beneath = Fault::kResourceLimit;
  auto& violation = std::get<Violation>(finding.evidence);
  violation.fault = Fault::kResourceLimit;
  violation.live_bytes = 4096;
  EXPECT_TRUE(says(hinted(finding), "freed blocks are not used again"));
  violation.live_bytes = 99 << 20;
  EXPECT_TRUE(says(hinted(finding), "little is free"));
}

TEST(HintTest, ARefusalIsBlamedForWhatItAloneCanCause) {
  Finding finding = damaged_at(0, 48);
  finding.fault = Fault::kRefusalMishandled;
  EXPECT_TRUE(says(hinted(finding), "before mem_sbrk is asked"));
  finding = overlap_at(0x50);
  finding.fault = Fault::kRefusalMishandled;
  EXPECT_TRUE(says(hinted(finding), "at most 80 bytes fit"));
}

TEST(HintTest, AForbiddenCallIsToldByWhatItWasFor) {
  Ending ending{.kind = EndingKind::kForbiddenSyscall, .syscall = "openat"};
  Finding finding = examples::crash_in_pattern();
  finding.fault = finding.beneath = Fault::kForbiddenSyscall;
  finding.evidence = ending;
  EXPECT_TRUE(says(hinted(finding), "no file can be opened"));
  ending.syscall = "mmap";
  finding.evidence = ending;
  EXPECT_TRUE(says(hinted(finding), "memory comes from mem_sbrk alone"));
  ending.syscall = "socket";
  finding.evidence = ending;
  EXPECT_EQ(hinted(finding), "");
}

TEST(HintTest, BytesOfAnotherPlaceAreRecognized) {
  Finding finding = damaged_at(0, 0x5eed00030010);
  finding.request = 9;
  finding.asked = {.size = 24, .block = 2, .op = Op::kRealloc};
  finding.histories.push_back({.block = 2, .born = 3, .died = 9, .offset = 0x200, .size = 200});
  EXPECT_TRUE(says(hinted(finding), "more is copied than the new block holds"));
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

// The low bytes of a link may be those that stood there before.
TEST(DecodeTest, AWordOfWhichTheFirstBytesHappenToBeRightIsStillRead) {
  const Finding finding = examples::epilogue_in_payload();
  Damage damage{.first_offset = 0x1002, .last_offset = 0x1007, .bytes = 4, .shown = 16};
  const std::uint64_t link = kBase + 0x20;
  const std::uint64_t pattern[] = {0x5eed00060020, 0x5eed00060028, 0x5eed00060030};
  const std::uint64_t found[] = {link, pattern[1], pattern[2]};
  std::memcpy(damage.expected.data(), reinterpret_cast<const char*>(pattern) + 2, 16);
  std::memcpy(damage.found.data(), reinterpret_cast<const char*>(found) + 2, 16);
  EXPECT_EQ(first_word_of(damage, finding), link);
  EXPECT_EQ(meaning_of_damage(damage, finding), "the heap address +0x020");
}

TEST(DecodeTest, AnAddressNextToNullIsTakenForNullUnlessItIsOddAsMinusOneIs) {
  const Finding finding = examples::crash_in_pattern();
  EXPECT_EQ(meaning_of_address(UINT64_MAX - 7, finding, examples::identity()),
            "0xfffffffffffffff8 is 8 bytes before address 0: a NULL pointer was followed");
  EXPECT_EQ(meaning_of_address(7, finding, examples::identity()),
            "0x7 is 8 bytes past (void *)-1, which a refused mem_sbrk returns");
}

TEST(PictureTest, SharedBytesAreMarkedAndTheHeapsEndIsSeen) {
  const Picture picture = picture_of(examples::overlap(), 60, 24);
  ASSERT_EQ(picture.rows.size(), 5u);
  EXPECT_EQ(picture.rows[1].text, "#2 a 1 40   .00000000000000..11111.");
  EXPECT_EQ(picture.rows[4].text, "#5 a 3 100  .222...3333333333XXX11.  <- 20 bytes shared");
  EXPECT_EQ(picture.cell_bytes, 8u);
}

TEST(PictureTest, WhereABlockWasLongAgoDoesNotMakeTheScaleCoarse) {
  Finding finding = examples::overlap();
  const Request asked{.size = 24, .block = 1, .op = Op::kMalloc};
  const BlockHistory before{
      .block = 1, .born = 1, .died = 2, .request = asked, .offset = 0x10000, .size = 24};
  finding.histories.insert(finding.histories.begin(), before);
  std::get<Violation>(finding.evidence).heap_bytes = 0x20000;
  EXPECT_EQ(picture_of(finding, 60, 24).cell_bytes, 8u);
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
