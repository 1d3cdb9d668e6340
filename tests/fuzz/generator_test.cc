// Generated inputs reach whatever an input can say.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "fuzz/generator.h"
#include "fuzz/input.h"
#include "fuzz/motifs.h"

namespace heapjudge {
namespace {

TEST(Generator, TheSameSeedIsTheSameInput) {
  std::vector<std::uint8_t> used;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    generate_input(seed, Tier::kP3, used);
    EXPECT_EQ(generate_input(seed, Tier::kP3), used);
  }
  EXPECT_NE(generate_input(1, Tier::kP0), generate_input(2, Tier::kP0));
}

TEST(Generator, InputsAreOfAllLengthsAndOfTheirTier) {
  std::map<std::size_t, int> octaves;
  InputDecoder decoder;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    const auto tier = static_cast<Tier>(seed % 4);
    const auto input = generate_input(seed, tier);
    ASSERT_LE(input.size(), kMostInputBytes);
    const DecodedInput& decoded = decoder.decode(input);
    EXPECT_EQ(decoded.tier, tier);
    EXPECT_FALSE(decoded.requests.empty());
    ++octaves[static_cast<std::size_t>(std::bit_width(decoded.requests.size()))];
  }
  for (std::size_t bits = 1; bits <= 12; ++bits) EXPECT_GT(octaves[bits], 40) << bits;
}

// Per tier, how many of 300 inputs hold each step and each kind of size by name.
TEST(Generator, InputsHoldEveryStepAndEveryKindOfSizeOfTheirTier) {
  for (const Tier tier : {Tier::kP0, Tier::kP1, Tier::kP2, Tier::kP3}) {
    std::map<Step, int> steps;
    std::map<SizeKind, int> sizes;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
      const auto input = generate_input(seed, tier);
      std::set<Step> steps_here;
      std::set<SizeKind> sizes_here;
      for (std::size_t i = 0; i < record_count(input.size()); ++i) {
        const Record record =
            read_record(std::span(input).subspan(kInputHeaderBytes + i * kInputRecordBytes));
        steps_here.insert(record.step);
        sizes_here.insert(record.size);
      }
      for (const Step step : steps_here) ++steps[step];
      for (const SizeKind size : sizes_here) ++sizes[size];
    }
    for (std::size_t i = 0; i < kSteps; ++i) {
      const auto step = static_cast<Step>(i);
      if (tier_of(step) <= tier) {
        EXPECT_GT(steps[step], 30) << i;
      }
    }
    for (std::size_t i = 0; i < kSizeKinds; ++i) {
      const auto size = static_cast<SizeKind>(i);
      if (tier_of(size) <= tier) {
        EXPECT_GT(sizes[size], 30) << i;
      }
    }
  }
}

std::string name_of(const Request& request) {
  if (request.op == Op::kFree) return request.block == kNoBlock ? "free NULL" : "free";
  if (request.op == Op::kInit) return "init";
  if (request.op == Op::kRefuse) return request.size == 0 ? "lift" : "refuse";
  const std::uint64_t bytes = payload_bytes(request);
  const std::string size = bytes == 0 ? " nothing" : bytes > UINT32_MAX / 4 ? " too much" : "";
  switch (request.op) {
    case Op::kMalloc:
      return "malloc" + size;
    case Op::kRealloc:
      return "realloc" + size;
    case Op::kCalloc:
      return "calloc" + size;
    case Op::kAligned:
      return (request.alignment_log2 > 32 ? "far aligned" : "aligned") + size;
    case Op::kFree:
    case Op::kInit:
    case Op::kRefuse:
      break;
  }
  return "";
}

TEST(Generator, DecodedInputsHoldEveryRequestOfTheirTier) {
  std::map<std::string, int> seen;
  InputDecoder decoder;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    std::set<std::string> here;
    for (const Request& request : decoder.decode(generate_input(seed, Tier::kP3)).requests)
      here.insert(name_of(request));
    for (const std::string& name : here) ++seen[name];
  }
  for (const char* name : {"malloc", "free", "realloc", "calloc", "aligned", "free NULL", "init", "refuse",
                           "lift", "malloc nothing", "realloc nothing", "calloc nothing", "malloc too much",
                           "realloc too much", "calloc too much", "aligned too much", "far aligned"}) {
    EXPECT_GT(seen[name], 12) << name;
  }
}

TEST(Generator, LongInputsCrowdTheHeapNowAndThen) {
  int crowds = 0;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    const auto input = generate_input(seed, Tier::kP0);
    if (read_header(input).scale != Scale::kCrowd) continue;
    ++crowds;
    EXPECT_GE(record_count(input.size()), 64u) << "seed " << seed;
  }
  EXPECT_GT(crowds, 2);
  EXPECT_LT(crowds, 20);
}

TEST(Generator, SomeInputsAreOfPagesAndFewOfChunks) {
  std::map<Scale, int> seen;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) ++seen[read_header(generate_input(seed, Tier::kP0)).scale];
  EXPECT_GT(seen[Scale::kPages], 200);
  EXPECT_LT(seen[Scale::kPages], 300);
  EXPECT_GT(seen[Scale::kChunks], 20);
  EXPECT_LT(seen[Scale::kChunks], 60);
}

// What counts frees, or has long lists, shows only then.
TEST(Generator, AFloodFreesMoreThanAThousandBlocksNowAndThen) {
  InputDecoder decoder;
  std::size_t long_ones = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Random random(seed);
    std::vector<std::uint8_t> input(kInputHeaderBytes);
    append_motif(Motif::kFlood, random, input);
    const auto requests = decoder.decode(input).requests;
    if (std::ranges::count(requests, Op::kFree, &Request::op) > 1000) ++long_ones;
  }
  EXPECT_GT(long_ones, 20u);
}

TEST(Generator, EveryMotifMakesRequestsOfItsTier) {
  for (std::size_t i = 0; i < kMotifs; ++i) {
    const auto motif = static_cast<Motif>(i);
    std::set<std::vector<std::uint8_t>> variants;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      Random random(seed);
      std::vector<std::uint8_t> input(kInputHeaderBytes);
      write_header({.tier = tier_of(motif)},
                   std::span<std::uint8_t, kInputHeaderBytes>(input.data(), kInputHeaderBytes));
      append_motif(motif, random, input);
      const Trace trace = decode_trace(input, "motif");
      EXPECT_GT(trace.requests().size(), 1u) << i;
      variants.insert(input);
    }
    EXPECT_GT(variants.size(), 45u) << i;
  }
}

TEST(Generator, EveryMotifIsDrawnInItsTierAndNoneBelow) {
  Random random(1);
  std::map<Motif, int> drawn;
  for (int i = 0; i < 3000; ++i) ++drawn[any_motif(Tier::kP3, random)];
  EXPECT_EQ(drawn.size(), kMotifs);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(tier_of(any_motif(Tier::kP0, random)), Tier::kP0);
}

}  // namespace
}  // namespace heapjudge
