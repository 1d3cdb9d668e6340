// What is written into payloads: readable, different for each filling, and every byte of it is looked at.
#include "wire/payload_pattern.h"
#include "wire/shared_memory.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstring>
#include <random>
#include <set>
#include <vector>

namespace heapjudge {
namespace {

constexpr PointerWidth kWidths[] = {PointerWidth::k64, PointerWidth::k32};

std::vector<std::byte> filled(PointerWidth width, std::size_t size, std::uint32_t stamp) {
  std::vector<std::byte> payload(size);
  PayloadPattern(width).fill(payload, stamp);
  return payload;
}

template <typename Word>
Word word_at(const std::vector<std::byte>& payload, std::size_t offset) {
  Word word;
  std::memcpy(&word, payload.data() + offset, sizeof word);
  return word;
}

std::uint64_t word64(std::uint32_t stamp, std::size_t offset) {
  return word_at<std::uint64_t>(filled(PointerWidth::k64, offset + 8, stamp), offset);
}

std::uint32_t word32(std::uint32_t stamp, std::size_t offset) {
  return word_at<std::uint32_t>(filled(PointerWidth::k32, offset + 4, stamp), offset);
}

TEST(PayloadPattern, WordsShowStampAndOffset) {
  EXPECT_EQ(word64(12, 8), 0x5eed000c0008u);
  EXPECT_EQ(word64(0xffff, 0xfff8), 0x5eedfffffff8u);
  EXPECT_EQ(word64(0, 0), 0x5eed00000000u);
  EXPECT_EQ(word32(12, 8), 0x5e00c008u);
  EXPECT_EQ(word32(0xfff, 0xffc), 0x5efffffcu);
}

TEST(PayloadPattern, LargeStampsAndOffsetsChangeTheStampField) {
  std::set<std::uint64_t> words;
  for (std::uint32_t high = 0; high < 16; ++high) {
    for (std::size_t segment = 0; segment < 4; ++segment) {
      const std::uint64_t word = word64(high << 16 | 5, segment << 16 | 8);
      EXPECT_EQ(word >> 32, 0x5eedu);
      EXPECT_EQ(word & 0xffff, 8u);
      words.insert(word);
    }
  }
  EXPECT_EQ(words.size(), 64u);
}

TEST(PayloadPattern, LargeStampsAndOffsetsChangeTheStampFieldOf32BitWords) {
  std::set<std::uint32_t> words;
  for (std::uint32_t high = 0; high < 16; ++high) {
    for (std::size_t segment = 0; segment < 4; ++segment)
      words.insert(word32(high << 12 | 5, segment << 12 | 8));
  }
  EXPECT_EQ(words.size(), 64u);
}

TEST(PayloadPattern, ShorterBlockIsThePrefixOfALongerOne) {
  for (const PointerWidth width : kWidths) {
    const auto whole = filled(width, 70000, 77777);
    for (const std::size_t size : {0u, 1u, 7u, 100u, 131u, 4097u, 65535u, 65541u}) {
      EXPECT_EQ(filled(width, size, 77777),
                std::vector(whole.begin(), whole.begin() + static_cast<long>(size)));
    }
  }
}

TEST(PayloadPattern, FillStaysInsideThePayload) {
  for (const PointerWidth width : kWidths) {
    for (std::size_t size = 0; size < 300; ++size) {
      std::vector<std::byte> bytes(size + 2, std::byte{0xaa});
      PayloadPattern(width).fill(std::span(bytes).subspan(1, size), 3);
      EXPECT_EQ(bytes.front(), std::byte{0xaa}) << size;
      EXPECT_EQ(bytes.back(), std::byte{0xaa}) << size;
    }
  }
}

TEST(PayloadPattern, WhatWasFilledIsIntact) {
  for (const PointerWidth width : kWidths) {
    for (const std::size_t size : {0u, 1u, 3u, 8u, 127u, 128u, 129u, 4096u, 65536u, 65537u, 200003u}) {
      for (const std::uint32_t stamp : {0u, 1u, 65536u, 0xffffffffu}) {
        EXPECT_EQ(PayloadPattern(width).compare(filled(width, size, stamp), stamp, 0), std::nullopt) << size;
      }
    }
  }
}

bool is_sampled(std::size_t position) {
  if (position < 1024) return true;
  const std::size_t step = position < 65536 ? 4096 : 65536;
  return (position - 1024) % step < 64;
}

TEST(PayloadPattern, SamplesAreTheFirstKibAndALineOfEachPageAfterThatAndLaterOfEach16th) {
  for (const PointerWidth width : kWidths) {
    for (const std::size_t size :
         {0u, 5u, 1023u, 1024u, 1029u, 1088u, 1128u, 5120u, 5121u, 5200u, 65536u, 65545u, 66563u, 200003u}) {
      const auto whole = filled(width, size, 70001);
      std::vector<std::byte> sampled(size + 1, std::byte{0xaa});
      PayloadPattern(width, Coverage::kSampled).fill(std::span(sampled).first(size), 70001);
      EXPECT_EQ(sampled[size], std::byte{0xaa}) << size;
      for (std::size_t i = 0; i < size; ++i) {
        ASSERT_EQ(sampled[i], is_sampled(i) ? whole[i] : std::byte{0xaa}) << size << " " << i;
      }
    }
  }
}

TEST(PayloadPattern, DamageOfSamplesIsSeen) {
  for (const PointerWidth width : kWidths) {
    const PayloadPattern pattern(width, Coverage::kSampled);
    auto payload = filled(width, 200003, 70001);
    for (const std::size_t position :
         {0u, 1023u, 1024u, 1087u, 1088u, 5119u, 5120u, 61440u + 1024u, 66560u + 63u, 70656u, 132096u + 8u, 200002u}) {
      payload[position] ^= std::byte{0x10};
      const auto damage = pattern.compare(payload, 70001, 0x1000);
      EXPECT_EQ(damage.has_value(), is_sampled(position)) << position;
      if (damage) {
        EXPECT_EQ(damage->first_offset, 0x1000 + position);
        EXPECT_EQ(damage->bytes, 1u);
        EXPECT_EQ(damage->found[0] ^ damage->expected[0], 0x10);
      }
      payload[position] ^= std::byte{0x10};
    }
  }
}

void expect_flip_is_seen(PointerWidth width, std::size_t size, std::size_t position) {
  constexpr std::uint32_t kStamp = 70001;
  constexpr std::uint64_t kHeapOffset = 0x1000;
  auto payload = filled(width, size, kStamp);
  const auto before = std::to_integer<std::uint8_t>(payload[position]);
  payload[position] ^= std::byte{0x10};
  const auto damage = PayloadPattern(width).compare(payload, kStamp, kHeapOffset);
  ASSERT_TRUE(damage) << size << " " << position;
  EXPECT_EQ(damage->first_offset, kHeapOffset + position);
  EXPECT_EQ(damage->last_offset, kHeapOffset + position);
  EXPECT_EQ(damage->bytes, 1u);
  EXPECT_EQ(damage->shown, std::min<std::size_t>(16, size - position));
  EXPECT_EQ(damage->expected[0], before);
  EXPECT_EQ(damage->found[0], before ^ 0x10);
  for (std::size_t i = 1; i < damage->shown; ++i) EXPECT_EQ(damage->found[i], damage->expected[i]);
}

TEST(PayloadPattern, FlipOfAnyByteIsSeen) {
  for (const PointerWidth width : kWidths) {
    for (std::size_t size = 1; size <= 100; ++size) {
      for (std::size_t position = 0; position < size; ++position) expect_flip_is_seen(width, size, position);
    }
    for (std::size_t position = 0; position < 421; ++position) expect_flip_is_seen(width, 421, position);
  }
}

TEST(PayloadPattern, FlipOfTheLastByteOf3000IsSeen) {
  for (const PointerWidth width : kWidths) expect_flip_is_seen(width, 3000, 2999);
}

TEST(PayloadPattern, FlipBesideASegmentsEdgeIsSeen) {
  for (const PointerWidth width : kWidths) {
    for (const std::size_t position : {4095u, 4096u, 65535u, 65536u, 131071u, 131072u, 140000u}) {
      expect_flip_is_seen(width, 140001, position);
    }
  }
}

TEST(PayloadPattern, DamageSpansFirstToLastAndCountsWhatDiffers) {
  const PayloadPattern pattern(PointerWidth::k64);
  auto payload = filled(PointerWidth::k64, 200000, 9);
  for (const std::size_t position : {50u, 51u, 70000u, 199999u}) payload[position] ^= std::byte{0xff};
  const auto damage = pattern.compare(payload, 9, 16);
  ASSERT_TRUE(damage);
  EXPECT_EQ(damage->first_offset, 66u);
  EXPECT_EQ(damage->last_offset, 16u + 199999u);
  EXPECT_EQ(damage->bytes, 4u);
  EXPECT_EQ(damage->shown, 16u);
}

TEST(PayloadPattern, PayloadOfAnotherFillingIsDamage) {
  for (const PointerWidth width : kWidths) {
    EXPECT_TRUE(PayloadPattern(width).compare(filled(width, 40, 8), 9, 0));
    auto moved = filled(width, 48, 8);
    moved.erase(moved.begin(), moved.begin() + 8);
    EXPECT_TRUE(PayloadPattern(width).compare(moved, 8, 0));
  }
}

TEST(PayloadPattern, DecodesTheAddressesItsWordsPointTo) {
  const PayloadPattern pattern(PointerWidth::k64);
  const auto decoded = pattern.decode(0x5eed000c0008);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->stamp_bits, 12u);
  EXPECT_EQ(decoded->offset_bits, 8u);
  EXPECT_TRUE(pattern.decode(0x5eecfffff000));
  EXPECT_TRUE(pattern.decode(0x5eee00000fff));
  for (const std::uint64_t address : {0x5eecffffefffull, 0x5eee00001000ull, 0ull, 0x800000010ull, ~0ull}) {
    EXPECT_FALSE(pattern.decode(address)) << address;
  }
}

TEST(PayloadPattern, Decodes32BitAddresses) {
  const PayloadPattern pattern(PointerWidth::k32);
  const auto decoded = pattern.decode(0x5e00c008);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->stamp_bits, 12u);
  EXPECT_EQ(decoded->offset_bits, 8u);
  EXPECT_FALSE(pattern.decode(0x15e00c008));
  EXPECT_FALSE(pattern.decode(0x5dffefff));
  EXPECT_TRUE(pattern.decode(0x5dfff000));
  EXPECT_TRUE(pattern.decode(0x5f000fff));
  EXPECT_FALSE(pattern.decode(0x5f001000));
}

TEST(PayloadPattern, EveryWordStemsFromItsOwnBlock) {
  std::mt19937 random(1);
  for (const PointerWidth width : kWidths) {
    const PayloadPattern pattern(width);
    const std::size_t step = width == PointerWidth::k64 ? 8 : 4;
    for (int i = 0; i < 200; ++i) {
      const auto stamp = static_cast<std::uint32_t>(random()) >> random() % 32;
      const std::size_t offset = random() % 150000 / step * step;
      const std::uint64_t address =
          width == PointerWidth::k64 ? word64(stamp, offset) : word32(stamp, offset);
      const auto decoded = pattern.decode(address);
      ASSERT_TRUE(decoded);
      EXPECT_TRUE(pattern.may_stem_from(*decoded, stamp, offset + 1)) << stamp << " " << offset;
      EXPECT_TRUE(pattern.may_stem_from(*decoded, stamp, offset + 100000)) << stamp << " " << offset;
    }
  }
}

TEST(PayloadPattern, WordStemsFromNoOtherStampNorFromAShorterBlock) {
  const PayloadPattern pattern(PointerWidth::k64);
  const PayloadPattern::Decoded decoded{.stamp_bits = 12, .offset_bits = 40};
  EXPECT_TRUE(pattern.may_stem_from(decoded, 12, 41));
  EXPECT_FALSE(pattern.may_stem_from(decoded, 12, 40));
  EXPECT_FALSE(pattern.may_stem_from(decoded, 12, 0));
  EXPECT_FALSE(pattern.may_stem_from(decoded, 11, 1000));
  EXPECT_FALSE(pattern.may_stem_from(decoded, 13, 1000));
  EXPECT_FALSE(pattern.may_stem_from({.stamp_bits = 12, .offset_bits = 41}, 12, 1000));
}

TEST(PayloadPattern, AccessBesideAWordStemsFromItWithinReach) {
  const PayloadPattern pattern(PointerWidth::k64);
  const auto decoded = pattern.decode(word64(12, 0) - 8);  // a header in front of the block it points to
  ASSERT_TRUE(decoded);
  EXPECT_FALSE(pattern.may_stem_from(*decoded, 12, 64));
  EXPECT_TRUE(pattern.may_stem_from(*decoded, 12, 64, 8));
  EXPECT_FALSE(pattern.may_stem_from(*decoded, 12, 64, 7));
  const auto beyond = pattern.decode(word64(12, 56) + 24);
  EXPECT_TRUE(pattern.may_stem_from(*beyond, 12, 64, 24));
  EXPECT_FALSE(pattern.may_stem_from(*beyond, 12, 64, 23));
}

TEST(PayloadPattern, ReachCrossesTheRangesEnd) {
  const PayloadPattern pattern(PointerWidth::k64);
  const auto below = pattern.decode(word64(0, 0) - 16);
  ASSERT_TRUE(below);
  EXPECT_TRUE(pattern.may_stem_from(*below, 0, 8, 16));
}

TEST(CompareWithZero, ZerosAreIntact) {
  for (const std::size_t size : {0u, 1u, 9u, 4096u, 200001u}) {
    EXPECT_EQ(compare_with_zero(std::vector<std::byte>(size), 0), std::nullopt);
  }
}

TEST(CompareWithZero, AnyByteThatIsNotZeroIsSeen) {
  for (const std::size_t size : {1u, 8u, 100u, 300u}) {
    for (std::size_t position = 0; position < size; ++position) {
      std::vector<std::byte> bytes(size);
      bytes[position] = std::byte{1};
      const auto damage = compare_with_zero(bytes, 32);
      ASSERT_TRUE(damage) << size << " " << position;
      EXPECT_EQ(damage->first_offset, 32 + position);
      EXPECT_EQ(damage->bytes, 1u);
      EXPECT_EQ(damage->found[0], 1u);
      EXPECT_EQ(damage->expected[0], 0u);
    }
  }
}

// From 64 MiB on, one page at every power of two is filled and looked at.
TEST(HugePayloads, TouchLittleOfTheirMemory) {
  constexpr std::uint64_t kHuge = std::uint64_t{1} << 40;
  SharedMemory memory("huge", kHuge);
  const PayloadPattern pattern(PointerWidth::k64);
  pattern.fill(memory.bytes(), 7);
  struct stat file {};
  ASSERT_EQ(fstat(memory.descriptor(), &file), 0);
  EXPECT_LE(static_cast<std::uint64_t>(file.st_blocks) * 512, kDensePayloadBytes + 20 * kSparsePageBytes);
  EXPECT_FALSE(pattern.compare(memory.bytes(), 7, 0));
  EXPECT_TRUE(pattern.compare(memory.bytes(), 8, 0));
}

TEST(HugePayloads, ShowDamageWhereTheyAreFilled) {
  SharedMemory memory("huge", std::uint64_t{1} << 36);
  const PayloadPattern pattern(PointerWidth::k64);
  pattern.fill(memory.bytes(), 7);
  for (const std::uint64_t at : {std::uint64_t{1} << 26, (std::uint64_t{1} << 35) + kSparsePageBytes - 1}) {
    const std::byte before = memory.bytes()[at];
    memory.bytes()[at] ^= std::byte{1};
    const auto damage = pattern.compare(memory.bytes(), 7, 100);
    ASSERT_TRUE(damage) << at;
    EXPECT_EQ(damage->first_offset, 100 + at);
    EXPECT_EQ(damage->bytes, 1u);
    memory.bytes()[at] = before;
  }
}

TEST(HugePayloads, KeepTheirPatternWhenTheyAreCut) {
  SharedMemory memory("huge", std::uint64_t{1} << 36);
  const PayloadPattern pattern(PointerWidth::k32);
  pattern.fill(memory.bytes(), 7);
  for (const std::uint64_t size :
       {std::uint64_t{1} << 35, (std::uint64_t{1} << 33) + 5, kDensePayloadBytes + 1}) {
    EXPECT_FALSE(pattern.compare(memory.bytes().first(size), 7, 0)) << size;
  }
}

}  // namespace
}  // namespace heapjudge
