// What the .rep reader understands, and that what is printed reads back equal.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "trace/rep_format.h"

namespace heapjudge {
namespace {

// The requests under a classic header of `ids` ids.
std::vector<Request> requests_of(const std::string& lines, int ids, int count) {
  const Trace trace =
      parse_trace("t.rep", "20000\n" + std::to_string(ids) + "\n" + std::to_string(count) + "\n1\n" + lines);
  return {trace.requests().begin(), trace.requests().end()};
}

using Requests = std::vector<Request>;

TEST(RepFormat, AClassicHeaderBeginsWithTheSuggestedHeapSize) {
  const Trace trace = parse_trace("traces/short.rep", "20000\n1\n2\n7\na 0 512\nf 0\n");
  EXPECT_EQ(trace.name(), "short.rep");
  EXPECT_EQ(trace.header(), (TraceHeader{.dialect = Dialect::kClassic, .heap_bytes = 20000, .weight = 7}));
  EXPECT_EQ(trace.block_count(), 1u);
  EXPECT_EQ(trace.requests().size(), 2u);
}

TEST(RepFormat, AWeightedHeaderBeginsWithTheWeight) {
  const Trace trace = parse_trace("t.rep", "2\n1\n1\n8212480\na 0 512\n");
  EXPECT_EQ(trace.header(), (TraceHeader{.dialect = Dialect::kWeighted, .heap_bytes = 8212480, .weight = 2}));
}

TEST(RepFormat, TheFirstNumberTellsTheDialectsApart) {
  EXPECT_EQ(parse_trace("t.rep", "99\n0\n0\n1\n").header().dialect, Dialect::kWeighted);
  EXPECT_EQ(parse_trace("t.rep", "100\n0\n0\n1\n").header().dialect, Dialect::kClassic);
  EXPECT_EQ(parse_trace("t.rep", "0\n0\n0\n0\n").header().dialect, Dialect::kWeighted);
}

TEST(RepFormat, TheClassicRequests) {
  EXPECT_EQ(requests_of("a 0 512\nr 0 640\nf 0\n", 1, 3),
            (Requests{{.size = 512, .block = 0, .op = Op::kMalloc},
                      {.size = 640, .block = 0, .op = Op::kRealloc},
                      {.size = 0, .block = 0, .op = Op::kFree}}));
}

TEST(RepFormat, FreeingNull) {
  EXPECT_EQ(requests_of("f -1\n", 0, 1), (Requests{{.op = Op::kFree}}));
}

TEST(RepFormat, ReallocOfABlockThatIsNotLiveMakesIt) {
  EXPECT_EQ(requests_of("r 0 8\nf 0\nr 0 8\nf 0\n", 1, 4).size(), 4u);
}

TEST(RepFormat, AfterAReallocToNothingABlockMayBeFreedAllocatedOrResized) {
  EXPECT_EQ(requests_of("a 0 8\nr 0 0\nf 0\n", 1, 3).size(), 3u);
  EXPECT_EQ(requests_of("a 0 8\nr 0 0\na 0 8\n", 1, 3).size(), 3u);
  EXPECT_EQ(requests_of("a 0 8\nr 0 0\nr 0 8\n", 1, 3).size(), 3u);
  EXPECT_EQ(requests_of("r 0 0\nr 0 0\nf 0\n", 1, 3).size(), 3u);
}

TEST(RepFormat, SizesHave64Bits) {
  EXPECT_EQ(
      requests_of("a 0 18446744073709551615\nr 1 4294967312\n", 2, 2),
      (Requests{{.size = UINT64_MAX, .block = 0}, {.size = 4294967312, .block = 1, .op = Op::kRealloc}}));
}

TEST(RepFormat, TheExtension) {
  EXPECT_EQ(requests_of(
                "c 0 65535 18446744073709551615\nm 1 64 100\nm 2 9223372036854775808 1\ns 3\ns 0\ni\n", 3, 6),
            (Requests{{.size = UINT64_MAX, .block = 0, .op = Op::kCalloc, .count = 65535},
                      {.size = 100, .block = 1, .op = Op::kAligned, .alignment_log2 = 6},
                      {.size = 1, .block = 2, .op = Op::kAligned, .alignment_log2 = 63},
                      {.size = 3, .op = Op::kRefuse},
                      {.size = 0, .op = Op::kRefuse},
                      {.op = Op::kInit}}));
}

TEST(RepFormat, AfterAnInitEveryIdIsUnused) {
  EXPECT_EQ(requests_of("a 0 8\na 1 8\ni\na 1 8\na 0 8\ni\na 0 8\n", 2, 7).size(), 7u);
}

TEST(RepFormat, CommentsBlankLinesBlanksAndCarriageReturns) {
  const Trace trace = parse_trace("t.rep",
                                  "# a trace\r\n20000\r\n2 # ids\r\n3\r\n1\r\n\r\n"
                                  "a 0 8# eight\r\n\ta\t1  16 \r\n   \r\nf 0 # gone");
  EXPECT_EQ(trace, Trace("t.rep", {.heap_bytes = 20000}, 2,
                         {{.size = 8, .block = 0}, {.size = 16, .block = 1}, {.block = 0, .op = Op::kFree}}));
  EXPECT_EQ(trace.line_of(0), 7u);
  EXPECT_EQ(trace.line_of(1), 8u);
  EXPECT_EQ(trace.line_of(2), 10u);
}

TEST(RepFormat, LinesAreKnownOnBothSidesOfAComment) {
  std::string text = "20000\n1\n8000\n1\n";
  for (int i = 0; i < 2000; ++i) text += "a 0 100\nf 0\n";
  text += "# half way\n";
  for (int i = 0; i < 2000; ++i) text += "a 0 100\nf 0\n";
  const Trace trace = parse_trace("t.rep", text);
  EXPECT_EQ(trace.line_of(0), 5u);
  EXPECT_EQ(trace.line_of(3999), 4004u);
  EXPECT_EQ(trace.line_of(4000), 4006u);
  EXPECT_EQ(trace.line_of(7999), 8005u);
}

TEST(RepFormat, NumbersOfEveryLengthAreReadInEveryPlace) {
  // The fast lane takes up to eight digits; the others go the slow way. Both must agree.
  std::string text;
  Requests expected;
  std::uint64_t number = 0;
  for (int digits = 1; digits <= 20; ++digits) {
    number = digits == 20 ? UINT64_MAX : number * 10 + static_cast<std::uint64_t>(digits % 10);
    const auto block = static_cast<BlockId>(number % 1'000'000);
    text +=
        "a " + std::to_string(block) + " " + std::to_string(number) + "\nf " + std::to_string(block) + "\n";
    expected.push_back({.size = number, .block = block});
    expected.push_back({.block = block, .op = Op::kFree});
  }
  EXPECT_EQ(requests_of(text, 1'000'000, 40), expected);
}

TEST(RepFormat, LeadingZerosDoNotCount) {
  EXPECT_EQ(requests_of("a 0000 00000000000000000000000000008\n", 1, 1), (Requests{{.size = 8, .block = 0}}));
}

TEST(RepFormat, PrintsOneRequestALine) {
  const Trace trace("t.rep", {.heap_bytes = 20000, .weight = 3}, 3,
                    {{.size = 512, .block = 0},
                     {.size = 0, .block = 0, .op = Op::kRealloc},
                     {.op = Op::kFree},
                     {.size = 24, .block = 1, .op = Op::kCalloc, .count = 10},
                     {.size = 100, .block = 2, .op = Op::kAligned, .alignment_log2 = 12},
                     {.block = 2, .op = Op::kFree},
                     {.size = 2, .op = Op::kRefuse},
                     {.op = Op::kInit}});
  EXPECT_EQ(print_trace(trace),
            "20000\n3\n8\n3\na 0 512\nr 0 0\nf -1\nc 1 10 24\nm 2 4096 100\nf 2\ns 2\ni\n");
}

TEST(RepFormat, PrintsEitherHeader) {
  EXPECT_EQ(print_trace(Trace("t", {.dialect = Dialect::kWeighted, .heap_bytes = 1, .weight = 2}, 5, {})),
            "2\n5\n0\n1\n");
}

// Any request that is well-formed after those before it.
Request any_request(std::mt19937_64& random, std::vector<bool>& live) {
  const auto below = [&random](std::uint64_t limit) { return random() % limit; };
  const auto block = static_cast<BlockId>(below(live.size()));
  const std::uint64_t size = random() >> below(64) >> below(2);
  switch (below(10)) {
    case 0:
      return {.size = below(5), .op = Op::kRefuse};
    case 1:
      live.assign(live.size(), false);
      return {.op = Op::kInit};
    case 2:
      return {.op = Op::kFree};
    case 3:
      live[block] = true;
      return {.size = size, .block = block, .op = Op::kRealloc};
    default:
      break;
  }
  live[block] = !live[block];
  if (!live[block]) return {.block = block, .op = Op::kFree};
  switch (below(4)) {
    case 0:
      return {.size = size, .block = block, .op = Op::kCalloc, .count = static_cast<std::uint16_t>(random())};
    case 1:
      return {.size = size,
              .block = block,
              .op = Op::kAligned,
              .alignment_log2 = static_cast<std::uint8_t>(below(64))};
    default:
      return {.size = size, .block = block};
  }
}

Trace any_trace(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  TraceHeader header;
  if (seed % 2 == 0) {
    header = {.dialect = Dialect::kWeighted,
              .heap_bytes = random(),
              .weight = static_cast<std::uint32_t>(seed % 100)};
  } else {
    header = {.heap_bytes = random() | 128, .weight = static_cast<std::uint32_t>(random())};
  }
  std::vector<bool> live(1 + random() % 40);
  std::vector<Request> requests(random() % 400);
  for (Request& request : requests) request = any_request(random, live);
  return Trace("any.rep", header, static_cast<std::uint32_t>(live.size()), std::move(requests));
}

TEST(RepFormat, WhatIsPrintedReadsBackEqual) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Trace trace = any_trace(seed);
    ASSERT_EQ(parse_trace("any.rep", print_trace(trace)), trace);
  }
}

TEST(RepFormat, APrefixReadsBackEqual) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Trace trace = any_trace(seed);
    const Trace prefix = trace.prefix(trace.requests().size() / 2);
    ASSERT_EQ(parse_trace("any.rep", print_trace(prefix)), prefix);
  }
}

// The fast lane and the slow one share no code: a blank at the end of each line sends it the slow way.
TEST(RepFormat, TheFastLaneAndTheSlowOneAgree) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const std::string text = print_trace(any_trace(seed));
    std::string slow;
    for (const char c : text) slow += c == '\n' ? std::string(" \n") : std::string(1, c);
    ASSERT_EQ(parse_trace("any.rep", text), parse_trace("any.rep", slow));
  }
}

}  // namespace
}  // namespace heapjudge
