// Any bytes are a trace, within the bounds of their tier.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "fuzz/generator.h"
#include "fuzz/input.h"
#include "fuzz/motifs.h"
#include "trace/random.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes noise(std::uint64_t seed, std::size_t most_bytes) {
  Random random(seed);
  Bytes bytes(random.below(most_bytes + 1));
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.next());
  return bytes;
}

Bytes input_of(const InputHeader& header, const std::vector<Record>& records) {
  Bytes bytes(kInputHeaderBytes);
  write_header(header, std::span(bytes).first<kInputHeaderBytes>());
  for (const Record& record : records) append_record(record, bytes);
  return bytes;
}

// The lines of requests, one after the other.
std::string decoded_text(const InputHeader& header, const std::vector<Record>& records) {
  const std::string text = print_trace(decode_trace(input_of(header, records), "input"));
  std::size_t line = 0;
  for (int i = 0; i < 4; ++i) line = text.find('\n', line) + 1;
  std::string rest = text.substr(line);
  std::ranges::replace(rest, '\n', ';');
  return rest;
}

Record allocate(std::uint16_t size) {
  return {.size = SizeKind::kMedium, .operand = static_cast<std::uint16_t>(size - 1)};
}
Record release(Choice choice, std::uint16_t index = 0) {
  return {.step = Step::kFree, .choice = choice, .index = index};
}

TEST(Input, AnyBytesAreAWellFormedTrace) {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Bytes bytes = noise(seed, seed % 50 == 0 ? 40000 : 600);
    const Trace trace = decode_trace(bytes, "noise");  // throws when it is not
    EXPECT_LE(trace.requests().size(), kMostInputRequests);
    EXPECT_EQ(parse_trace("noise", print_trace(trace)), trace);
  }
}

TEST(Input, NothingIsAnEmptyTrace) {
  EXPECT_TRUE(decode_trace({}, "nothing").requests().empty());
}

TEST(Input, TheSameBytesAreTheSameTraceWhateverWasDecodedBefore) {
  InputDecoder used;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Bytes bytes = noise(seed, 3000);
    EXPECT_EQ(trace_of(used.decode(bytes), "a"), decode_trace(bytes, "a")) << "seed " << seed;
  }
}

// What a request may ask for in a tier, and no more.
bool belongs_to(Tier tier, const Request& request, std::uint64_t heap_limit_bytes, bool names_live_block) {
  const std::uint64_t size = request.op == Op::kRefuse ? 1 : payload_bytes(request);
  switch (request.op) {
    case Op::kFree:
      if (request.block == kNoBlock) return tier >= Tier::kP1;
      return true;
    case Op::kRefuse:
      return tier >= Tier::kP2;
    case Op::kAligned:
      return tier >= Tier::kP3;
    case Op::kInit:
      return tier >= Tier::kP1;
    case Op::kCalloc:
    case Op::kRealloc:
    case Op::kMalloc:
      break;
  }
  if (request.op == Op::kCalloc && tier < Tier::kP1) return false;
  if (request.op == Op::kRealloc && !names_live_block && tier < Tier::kP1) return false;
  if (size == 0) return tier >= Tier::kP1;
  return size <= heap_limit_bytes || tier >= Tier::kP3;
}

// Invariant of the payloads: what is asked for since the last mm_init, beyond what no heap can grant.
class Asked {
 public:
  void add(const Request& request, std::uint64_t heap_limit_bytes) {
    if (request.op == Op::kInit) total_ = 0;
    if (!asks_for_block(request.op)) return;
    const std::uint64_t alignment =
        request.op == Op::kAligned ? std::uint64_t{1} << request.alignment_log2 : 0;
    const std::uint64_t payload = payload_bytes(request);
    const bool is_extreme = payload > heap_limit_bytes || alignment > heap_limit_bytes;
    if (!is_extreme) total_ += payload + alignment;
    if (is_extreme) {
      EXPECT_GE(std::max(payload, alignment), (std::uint64_t{1} << 31) - 64);
    }
  }
  std::uint64_t total() const { return total_; }

 private:
  std::uint64_t total_ = 0;
};

void expect_within_bounds(const DecodedInput& input) {
  std::vector<bool> seen(input.block_count);
  Asked asked;
  for (const Request& request : input.requests) {
    const bool is_known = request.block < seen.size() && seen[request.block];
    EXPECT_TRUE(belongs_to(input.tier, request, input.heap_limit_bytes, is_known));
    if (request.block < seen.size()) seen[request.block] = true;
    asked.add(request, input.heap_limit_bytes);
    const std::uint64_t quarter = input.heap_limit_bytes / 4;
    EXPECT_LE(asked.total(), input.crowds ? kCrowdedQuarters * quarter : input.heap_limit_bytes / kPayloadPart);
  }
}

TEST(Input, TiersKeepTheirBounds) {
  InputDecoder decoder;
  for (std::uint64_t seed = 1; seed <= 2000 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto tier = static_cast<Tier>(seed % 4);
    const Bytes bytes = seed % 8 < 4 ? generate_input(seed, tier) : noise(seed, 4000);
    const DecodedInput& input = decoder.decode(bytes);
    if (seed % 8 < 4) {
      EXPECT_EQ(input.tier, tier);
    }
    expect_within_bounds(input);
  }
}

std::uint64_t largest_payload(const DecodedInput& input) {
  std::uint64_t largest = 0;
  for (const Request& request : input.requests) {
    const bool is_sane = asks_for_block(request.op) && payload_bytes(request) <= input.heap_limit_bytes;
    if (is_sane) largest = std::max(largest, payload_bytes(request));
  }
  return largest;
}

TEST(Input, CrowdsTheHeapWhereItMayAndAsksForNoMoreThanAQuarterAtATime) {
  InputDecoder usual;
  InputDecoder decoder({.may_crowd = true});
  std::uint64_t largest = 0;
  for (std::uint64_t seed = 1; seed <= 300 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    Bytes bytes = generate_input(seed, static_cast<Tier>(seed % 4));
    append_motif(Motif::kLargePieces, random, bytes);
    InputHeader header = read_header(bytes);
    header.scale = seed % 2 == 0 ? Scale::kCrowd : Scale::kChunks;
    write_header(header, std::span(bytes).first<kInputHeaderBytes>());
    EXPECT_FALSE(usual.decode(bytes).crowds);
    const DecodedInput& input = decoder.decode(bytes);
    EXPECT_TRUE(input.crowds);
    EXPECT_EQ(input.heap_limit_bytes, kLargestHeapBytes);
    expect_within_bounds(input);
    EXPECT_LE(largest_payload(input), kLargestHeapBytes / 4);
    largest = std::max(largest, largest_payload(input));
  }
  EXPECT_GT(largest, kLargestHeapBytes / kPayloadPart);
}

// Requests for sizes of that kind, one for each operand.
std::set<std::uint64_t> sizes_of(Scale scale, SizeKind kind) {
  std::set<std::uint64_t> sizes;
  for (unsigned operand = 0; operand < 1024; operand += 64) {
    Bytes bytes(kInputHeaderBytes);
    write_header({.tier = Tier::kP1, .scale = scale, .favourite = 24}, std::span(bytes).first<kInputHeaderBytes>());
    for (unsigned i = 0; i < 64; ++i) {
      append_record({.size = kind, .operand = static_cast<std::uint16_t>(operand + i)}, bytes);
      append_record({.step = Step::kInit}, bytes);
    }
    InputDecoder decoder({.may_crowd = true});
    for (const Request& request : decoder.decode(bytes).requests) {
      if (request.op == Op::kMalloc) sizes.insert(request.size);
    }
  }
  return sizes;
}

TEST(Input, OfPagesAndChunksHasSizesOfThese) {
  for (const auto& [scale, unit] : {std::pair{Scale::kPages, 4096u}, std::pair{Scale::kChunks, 65536u}}) {
    std::set<std::uint64_t> multiples;
    for (std::uint64_t i = 1; i <= 16; ++i) multiples.insert(i * unit);
    EXPECT_EQ(sizes_of(scale, SizeKind::kGrain), multiples);
    EXPECT_EQ(sizes_of(scale, SizeKind::kFavourite), std::set<std::uint64_t>{4u * unit});
    const auto powers = sizes_of(scale, SizeKind::kPower);
    for (const std::uint64_t size : powers) EXPECT_EQ(size % unit, 0u) << size;
    for (const std::uint64_t i : {1u, 2u, 255u, 256u}) EXPECT_TRUE(powers.contains(i * unit)) << i;
    EXPECT_TRUE(sizes_of(scale, SizeKind::kTiny).contains(1));
  }
  EXPECT_EQ(sizes_of(Scale::kUsual, SizeKind::kFavourite), std::set<std::uint64_t>{24});
}

TEST(Input, BoundsOfTheCallerGoBeforeTheInputs) {
  InputDecoder decoder({.highest_tier = Tier::kP1, .heap_limit_bytes = 1u << 20});
  for (std::uint64_t seed = 1; seed <= 300 && !testing::Test::HasFailure(); ++seed) {
    const DecodedInput& input = decoder.decode(generate_input(seed, Tier::kP3));
    EXPECT_EQ(input.tier, Tier::kP1);
    EXPECT_EQ(input.heap_limit_bytes, 1u << 20);
    expect_within_bounds(input);
  }
}

TEST(Input, BlocksAreChosenByAgeAndByNeighbourhood) {
  const std::vector<Record> five{allocate(1), allocate(2), allocate(3), allocate(4), allocate(5)};
  const auto freed_by = [&](std::vector<Record> more) {
    more.insert(more.begin(), five.begin(), five.end());
    return decoded_text({}, more).substr(std::string("a 0 1;a 1 2;a 2 3;a 3 4;a 4 5;").size());
  };
  EXPECT_EQ(freed_by({release(Choice::kNewest), release(Choice::kNewest)}), "f 4;f 3;");
  EXPECT_EQ(freed_by({release(Choice::kOldest), release(Choice::kOldest)}), "f 0;f 1;");
  EXPECT_EQ(freed_by({release(Choice::kAny, 2)}), "f 2;");
  EXPECT_EQ(freed_by({release(Choice::kRecent, 2)}), "f 2;");
  EXPECT_EQ(freed_by({release(Choice::kTouched)}), "f 4;");
  EXPECT_EQ(freed_by({release(Choice::kAny, 2), release(Choice::kBeforeTouched)}), "f 2;f 1;");
  EXPECT_EQ(freed_by({release(Choice::kAny, 2), release(Choice::kAfterTouched)}), "f 2;f 3;");
}

TEST(Input, SizesReferToBlocks) {
  const std::vector<Record> records{
      allocate(100),
      allocate(60),
      {.size = SizeKind::kAgain, .difference = 1},
      {.size = SizeKind::kLive, .difference = 2},
      release(Choice::kOldest),
      release(Choice::kOldest),
      {.size = SizeKind::kFreed, .difference = 3},
      {.size = SizeKind::kFreedSum},
      {.step = Step::kRealloc, .choice = Choice::kNewest, .size = SizeKind::kScaled, .operand = 15},
      {.step = Step::kRealloc, .choice = Choice::kNewest, .size = SizeKind::kLive}};
  EXPECT_EQ(decoded_text({}, records),
            "a 0 100;a 1 60;a 2 61;a 3 99;f 0;f 1;a 4 68;a 5 160;r 5 320;r 5 320;");
}

TEST(Input, AllIsFreedInFourOrders) {
  const auto freed = [](std::uint16_t order) {
    const std::string text = decoded_text({}, {allocate(1),
                                               allocate(2),
                                               allocate(3),
                                               allocate(4),
                                               release(Choice::kAny, 0),
                                               {.step = Step::kFreeAll, .operand = order}});
    return text.substr(text.find('f') + 4);
  };
  EXPECT_EQ(freed(0), "f 1;f 2;f 3;");
  EXPECT_EQ(freed(1), "f 3;f 2;f 1;");
  EXPECT_EQ(freed(2), "f 3;f 1;f 2;");
  EXPECT_EQ(freed(3), "f 2;f 1;f 3;");
}

TEST(Input, EveryKthIsFreed) {
  std::vector<Record> records(7, allocate(8));
  records.push_back(
      {.step = Step::kFreeEvery, .operand = 1 + 7 * 2});  // every third, the first being the third
  const std::string text = decoded_text({}, records);
  EXPECT_EQ(text.substr(text.find('f')), "f 2;f 5;");
}

TEST(Input, AStretchIsRepeatedOnTheBlocksThatAreLiveThen) {
  EXPECT_EQ(decoded_text({}, {allocate(8),
                              allocate(9),
                              release(Choice::kOldest),
                              {.step = Step::kRepeat, .operand = 1, .index = 1}}),
            "a 0 8;a 1 9;f 0;a 2 9;f 1;a 3 9;f 2;");
}

TEST(Input, ARefusalOfTheHeaderIsAWindow) {
  const InputHeader header{
      .tier = Tier::kP2, .refusal = RefusalKind::kWindow, .refused_growths = 1, .refuse_before = 1};
  EXPECT_EQ(decoded_text(header, std::vector<Record>(6, allocate(8))),
            "a 0 8;s 1;a 1 8;a 2 8;a 3 8;s 0;a 4 8;a 5 8;");
}

TEST(Input, TheSwarmTakesStepsAndSizesOut) {
  const InputHeader header{.steps_off = 1u << static_cast<unsigned>(Step::kRealloc),
                           .sizes_off = 1u << static_cast<unsigned>(SizeKind::kPower)};
  EXPECT_EQ(
      decoded_text(header, {allocate(8), {.step = Step::kRealloc, .size = SizeKind::kPower, .operand = 9}}),
      "a 0 8;a 1 10;");
}

}  // namespace
}  // namespace heapjudge
