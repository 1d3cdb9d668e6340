// The bytes of fuzz inputs: every value has a meaning, and what is written reads back.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

#include "fuzz/generator.h"
#include "fuzz/input_format.h"
#include "trace/random.h"

namespace heapjudge {
namespace {

using HeaderBytes = std::array<std::uint8_t, kInputHeaderBytes>;
using RecordBytes = std::array<std::uint8_t, kInputRecordBytes>;

void expect_equal(const InputHeader& one, const InputHeader& other) {
  EXPECT_EQ(one.tier, other.tier);
  EXPECT_EQ(one.grain, other.grain);
  EXPECT_EQ(one.heap_limit, other.heap_limit);
  EXPECT_EQ(one.scale, other.scale);
  EXPECT_EQ(one.refusal, other.refusal);
  EXPECT_EQ(one.refused_growths, other.refused_growths);
  EXPECT_EQ(one.refuse_before, other.refuse_before);
  EXPECT_EQ(one.favourite, other.favourite);
  EXPECT_EQ(one.steps_off, other.steps_off);
  EXPECT_EQ(one.sizes_off, other.sizes_off);
}

TEST(InputFormat, AHeaderReadsBackAsItWasWritten) {
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    HeaderBytes bytes{};
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.next());
    const InputHeader header = read_header(bytes);
    HeaderBytes again{};
    write_header(header, again);
    expect_equal(read_header(again), header);
  }
}

TEST(InputFormat, OneHeaderInEightIsOfEachScaleBesideTheUsualOne) {
  std::map<Scale, int> seen;
  for (unsigned first = 0; first < 256; ++first) {
    ++seen[read_header(HeaderBytes{static_cast<std::uint8_t>(first)}).scale];
  }
  EXPECT_EQ(seen[Scale::kUsual], 160);
  for (const Scale scale : {Scale::kPages, Scale::kChunks, Scale::kCrowd}) EXPECT_EQ(seen[scale], 32);
}

TEST(InputFormat, ARecordReadsBackAsItWasWritten) {
  Random random(1);
  for (int i = 0; i < 10000; ++i) {
    const Record record = any_record(random);
    RecordBytes bytes{};
    write_record(record, bytes);
    const Record again = read_record(bytes);
    EXPECT_EQ(again.step, record.step);
    EXPECT_EQ(again.choice, record.choice);
    EXPECT_EQ(again.size, record.size);
    EXPECT_EQ(again.difference, record.difference);
    EXPECT_EQ(again.operand, record.operand);
    EXPECT_EQ(again.index, record.index);
  }
}

TEST(InputFormat, EveryFirstByteNamesAStepAndAllStepsAreNamed) {
  std::set<Step> steps;
  for (unsigned first = 0; first < 256; ++first) {
    const RecordBytes bytes{static_cast<std::uint8_t>(first)};
    const Record record = read_record(bytes);
    EXPECT_LT(static_cast<std::size_t>(record.step), kSteps);
    EXPECT_LT(static_cast<std::size_t>(record.choice), kChoices);
    steps.insert(record.step);
  }
  EXPECT_EQ(steps.size(), kSteps);
}

TEST(InputFormat, WhatIsMissingOfAHeaderIsZero) {
  const HeaderBytes whole{5, 0, 0, 0, 0, 0, 0, 0};
  expect_equal(read_header(std::span(whole).first(1)), read_header(whole));
  EXPECT_EQ(read_header({}).tier, Tier::kP0);
  EXPECT_EQ(read_header({}).grain, 16);
  EXPECT_EQ(read_header({}).favourite, 8);
}

TEST(InputFormat, MallocFreeAndTinySizesCannotBeTakenOut) {
  const HeaderBytes all_off{0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff};
  const InputHeader header = read_header(all_off);
  EXPECT_EQ(header.steps_off & 3u, 0u);
  EXPECT_EQ(header.sizes_off & 1u, 0u);
}

TEST(InputFormat, OnlyWholeRecordsCount) {
  EXPECT_EQ(record_count(0), 0u);
  EXPECT_EQ(record_count(kInputHeaderBytes), 0u);
  EXPECT_EQ(record_count(kInputHeaderBytes + kInputRecordBytes - 1), 0u);
  EXPECT_EQ(record_count(kInputHeaderBytes + 3 * kInputRecordBytes), 3u);
}

}  // namespace
}  // namespace heapjudge
