// Mutations and crossings of inputs are inputs.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "fuzz/generator.h"
#include "fuzz/input.h"
#include "fuzz/mutate.h"

namespace heapjudge {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes mutated(const Bytes& input, std::size_t room, std::uint64_t seed) {
  Bytes bytes = input;
  bytes.resize(std::max(room, input.size()));
  bytes.resize(mutate_input(std::span(bytes).first(room), input.size(), seed));
  return bytes;
}

TEST(Mutate, AnInputBecomesAnotherOneThatFits) {
  int changed = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    const Bytes input = generate_input(seed, static_cast<Tier>(seed % 4));
    const std::size_t room = seed % 3 == 0 ? input.size() : kMostInputBytes;
    const Bytes other = mutated(input, room, seed);
    ASSERT_LE(other.size(), room);
    ASSERT_GE(other.size(), kInputHeaderBytes);
    if (other != input) ++changed;
  }
  EXPECT_GT(changed, 1850);  // the rest had no room, or was changed to what it was
}

TEST(Mutate, TheTierStaysAsItIs) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    const auto tier = static_cast<Tier>(seed % 4);
    EXPECT_EQ(read_header(mutated(generate_input(seed, tier), kMostInputBytes, seed)).tier, tier);
  }
}

// Of 1000 mutations of an input of that scale, how many are of it still.
int staying(Scale scale) {
  Bytes input = generate_input(7, Tier::kP0);
  write_header({.scale = scale}, std::span(input).first<kInputHeaderBytes>());
  int stay = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    if (read_header(mutated(input, kMostInputBytes, seed)).scale == scale) ++stay;
  }
  return stay;
}

// They take longest.
TEST(Mutate, WhatCrowdsTheHeapSeldomStaysSo) {
  EXPECT_GT(staying(Scale::kPages), 900);
  EXPECT_NEAR(staying(Scale::kChunks), 500, 100);
  EXPECT_NEAR(staying(Scale::kCrowd), 125, 50);
}

TEST(Mutate, TheSameSeedIsTheSameMutation) {
  const Bytes input = generate_input(7, Tier::kP1);
  EXPECT_EQ(mutated(input, kMostInputBytes, 3), mutated(input, kMostInputBytes, 3));
  std::set<Bytes> different;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) different.insert(mutated(input, kMostInputBytes, seed));
  EXPECT_GT(different.size(), 90u);
}

// libFuzzer calls so with -minimize_crash=1.
TEST(Mutate, ASizeBeyondTheRoomIsCut) {
  Bytes bytes = generate_input(11, Tier::kP0);
  ASSERT_GT(bytes.size(), 20u);
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    EXPECT_LE(mutate_input(std::span(bytes).first(20), bytes.size(), seed), 20u);
  }
}

TEST(Mutate, NothingBecomesAnInput) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Bytes input = mutated({}, kMostInputBytes, seed);
    EXPECT_FALSE(decode_trace(input, "grown").requests().empty()) << "seed " << seed;
  }
}

TEST(Cross, AChildHoldsRecordsOfBothAndFits) {
  int of_both = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Bytes one(kInputHeaderBytes, 0);
    Bytes other(kInputHeaderBytes, 0);
    one.resize(kInputHeaderBytes + 20 * kInputRecordBytes, 1);
    other.resize(kInputHeaderBytes + 10 * kInputRecordBytes, 2);
    Bytes child(seed % 2 == 0 ? 100 : kMostInputBytes);
    const std::size_t size = cross_inputs(one, other, child, seed);
    ASSERT_LE(size, child.size());
    child.resize(size);
    if (std::ranges::count(child, 1) > 0 && std::ranges::count(child, 2) > 0) ++of_both;
    decode_trace(child, "child");
  }
  EXPECT_GT(of_both, 250);
}

TEST(Cross, ParentsMayBeEmpty) {
  Bytes child(kMostInputBytes);
  EXPECT_EQ(cross_inputs({}, {}, child, 1), kInputHeaderBytes);
}

}  // namespace
}  // namespace heapjudge
