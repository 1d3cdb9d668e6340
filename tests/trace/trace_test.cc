// A Trace that exists is well-formed: what its constructor refuses, and what it remembers.
#include "trace/trace.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "trace/input_error.h"

namespace heapjudge {
namespace {

std::string error_of(std::vector<Request> requests, TraceHeader header = {}) {
  try {
    const Trace trace("t.rep", header, 3, std::move(requests));
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Trace, RequestsOfEveryKindAreTaken) {
  EXPECT_EQ(error_of({{.size = 0, .block = 0},
                      {.size = 8, .block = 1, .op = Op::kCalloc, .count = 65535},
                      {.size = 8, .block = 2, .op = Op::kAligned, .alignment_log2 = 63},
                      {.block = 1, .op = Op::kFree},
                      {.op = Op::kFree},
                      {.size = 5, .block = 1, .op = Op::kRealloc},
                      {.op = Op::kInit},
                      {.size = 1, .op = Op::kRefuse}}),
            "no error");
}

TEST(Trace, ABlockIsNotAllocatedTwice) {
  EXPECT_EQ(error_of({{.size = 8, .block = 0}, {.size = 8, .block = 0}}),
            "t.rep: request 2: the block is live already");
}

TEST(Trace, ADeadBlockIsNotFreed) {
  EXPECT_EQ(error_of({{.block = 0, .op = Op::kFree}}), "t.rep: request 1: the block is not live");
  EXPECT_EQ(error_of({{.size = 8, .block = 0}, {.op = Op::kInit}, {.block = 0, .op = Op::kFree}}),
            "t.rep: request 3: the block is not live");
}

TEST(Trace, IdsLieBelowTheBlockCount) {
  EXPECT_EQ(error_of({{.size = 8, .block = 3}}), "t.rep: request 1: the id is not below the number of ids");
  EXPECT_EQ(error_of({{.size = 8, .block = kNoBlock}}),
            "t.rep: request 1: the id is not below the number of ids");
}

TEST(Trace, UnusedFieldsStayUnused) {
  const std::string expected = "t.rep: request 1: a field is set that this operation does not use";
  EXPECT_EQ(error_of({{.size = 8, .block = 0, .count = 1}}), expected);
  EXPECT_EQ(error_of({{.size = 8, .block = 0, .alignment_log2 = 1}}), expected);
  EXPECT_EQ(error_of({{.size = 8, .op = Op::kFree}}), expected);
  EXPECT_EQ(error_of({{.block = 0, .op = Op::kInit}}), expected);
  EXPECT_EQ(error_of({{.size = 1, .block = 0, .op = Op::kRefuse}}), expected);
}

TEST(Trace, AnAlignmentFits64Bits) {
  EXPECT_EQ(error_of({{.size = 8, .block = 0, .op = Op::kAligned, .alignment_log2 = 64}}),
            "t.rep: request 1: the alignment does not fit 64 bits");
}

TEST(Trace, AnOperationIsKnown) {
  EXPECT_EQ(error_of({{.op = static_cast<Op>(7)}}), "t.rep: request 1: an unknown operation");
}

TEST(Trace, AHeaderReadsBackAsTheDialectItIs) {
  EXPECT_EQ(error_of({}, {.heap_bytes = 99}), "t.rep: the suggested heap size reads as a weight");
  EXPECT_EQ(error_of({}, {.dialect = Dialect::kWeighted, .weight = 100}),
            "t.rep: the weight reads as a suggested heap size");
}

TEST(Trace, LinesFollowTheHeaderUnlessToldOtherwise) {
  const std::vector<Request> requests{{.size = 8, .block = 0}, {.size = 8, .block = 1}};
  EXPECT_EQ(Trace("t", {}, 2, requests).line_of(1), 6u);
  EXPECT_EQ(Trace("t", {}, 2, requests, {7, 9}).line_of(1), 9u);
}

TEST(Trace, APrefixKeepsNameHeaderIdsAndLines) {
  const Trace trace("t.rep", {.weight = 4}, 3,
                    {{.size = 8, .block = 1}, {.op = Op::kFree}, {.size = 8, .block = 2}}, {5, 8, 9});
  const Trace prefix = trace.prefix(2);
  EXPECT_EQ(prefix.name(), "t.rep");
  EXPECT_EQ(prefix.header(), trace.header());
  EXPECT_EQ(prefix, Trace("", {.weight = 4}, 2, {{.size = 8, .block = 1}, {.op = Op::kFree}}));
  EXPECT_EQ(prefix.line_of(1), 8u);
}

TEST(Trace, APrefixLongerThanTheTraceIsTheTrace) {
  const Trace trace("t.rep", {}, 1, {{.size = 8, .block = 0}});
  EXPECT_EQ(trace.prefix(10), trace);
}

TEST(Trace, EqualTracesMayDifferInNameAndLines) {
  const std::vector<Request> requests{{.size = 8, .block = 0}};
  EXPECT_EQ(Trace("a", {}, 1, requests), Trace("b", {}, 1, requests, {17}));
  EXPECT_FALSE(Trace("a", {}, 1, requests) == Trace("a", {}, 2, requests));
}

TEST(Trace, ManyInitsOverManyIdsStayLinear) {
  constexpr std::uint32_t kMany = 300'000;
  std::vector<Request> requests;
  for (BlockId block = 0; block < kMany; ++block) requests.push_back({.size = 8, .block = block});
  requests.resize(2 * kMany, {.op = Op::kInit});
  EXPECT_EQ(Trace("t", {}, kMany, std::move(requests)).requests().size(), 2 * kMany);
}

}  // namespace
}  // namespace heapjudge
