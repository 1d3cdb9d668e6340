// The traces next to a failing one.
#include "fuzz/neighbours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "fuzz/generator.h"
#include "fuzz/input.h"
#include "tests/fuzz/trace_lines.h"

namespace heapjudge {
namespace {

using Lines = std::set<std::string>;

constexpr OfferedFunctions kLeast{.realloc = false, .calloc = false, .aligned = false};

Lines around(const std::string& lines, const OfferedFunctions& offered) {
  Lines all;
  for (const Neighbour& next : neighbours_of(lifetimes_of(trace_from(lines)), offered)) {
    all.insert(lines_of(trace_of(repaired(next.requests), "next", {})));
  }
  return all;
}

bool has_all(const Lines& all, const Lines& some) { return std::ranges::includes(all, some); }

TEST(Neighbours, LackARequestOrHaveAnotherSizeOrAnotherEnd) {
  const Lines all = around("a 0 24;a 1 4;f 0;", kLeast);
  EXPECT_TRUE(has_all(all, {"a 0 4;", "a 0 24;f 0;", "a 0 24;a 1 4;"}));
  EXPECT_TRUE(has_all(all, {"a 0 8;a 1 4;f 0;", "a 0 16;a 1 4;f 0;", "a 0 32;a 1 4;f 0;", "a 0 40;a 1 4;f 0;",
                            "a 0 24;a 1 12;f 0;", "a 0 24;a 1 20;f 0;"}));
  EXPECT_TRUE(has_all(all, {"a 0 24;a 1 4;f 1;", "a 0 24;a 1 4;f 0;a 2 24;", "a 0 24;a 1 4;f 1;a 2 4;",
                            "a 0 24;a 1 4;f 0;f 1;", "a 0 24;a 1 4;f 1;f 0;a 2 1;"}));
  EXPECT_TRUE(has_all(all, {"a 0 24;a 1 4;a 2 24;", "a 0 24;a 1 4;a 2 8;", "a 0 24;a 1 4;a 2 40;a 3 40;",
                            "a 0 24;a 1 4;a 2 4096;"}));
  EXPECT_TRUE(has_all(around("f -1;", kLeast), {"", "a 0 1;"}));
}

TEST(Neighbours, AskTheSameByWhateverFunctionThereIs) {
  const auto has = [](const Lines& all, const std::string& lines) { return all.contains(lines); };
  const Lines all = around("a 0 24;a 1 4;f 0;", {});
  for (const char* lines : {"r 0 24;a 1 4;f 0;", "c 0 1 24;a 1 4;f 0;", "m 0 16 24;a 1 4;f 0;", "m 0 64 24;a 1 4;f 0;",
                            "a 0 24;a 1 4;r 0 0;", "a 0 24;a 1 4;r 1 1;", "a 0 24;a 1 4;r 0 40;"}) {
    EXPECT_TRUE(has(all, lines)) << lines;
  }
  EXPECT_TRUE(has(around("c 0 2 8;r 0 24;f 0;", kLeast), "a 0 16;r 0 24;f 0;"));
  EXPECT_TRUE(has(around("c 0 2 8;r 0 24;f 0;", kLeast), "c 0 2 8;a 1 24;f 1;"));
  EXPECT_TRUE(has(around("a 0 8;r 0 0;", kLeast), "a 0 8;f 0;"));
  EXPECT_TRUE(has(around("m 0 256 8;f 0;", {}), "m 0 16 8;f 0;"));
  EXPECT_TRUE(has(around("m 0 16 8;f 0;", {}), "m 0 64 8;f 0;"));
  for (const std::string& lines : around("a 0 24;f 0;a 1 8;", kLeast)) {
    EXPECT_EQ(lines.find_first_of("rcmis-"), lines.npos) << lines;
  }
}

// Whether the request that is said to be the trace's is about a block in the same way, at the least.
TEST(Neighbours, AreWellFormedAndKnowWhereEachRequestHasGone) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Lifetimes requests = lifetimes_of(decode_trace(generate_input(seed, static_cast<Tier>(seed % 4)), "generated"));
    if (requests.size() > 300) continue;
    for (const Neighbour& next : neighbours_of(requests, {})) {
      trace_of(repaired(next.requests), "next", {});  // a Trace that exists is well-formed
      for (std::size_t i = 0; i < requests.size(); ++i) {
        const auto place = next.place_of(i);
        EXPECT_EQ(place.has_value(), next.without != i) << "seed " << seed;
        if (!place) continue;
        ASSERT_LT(*place, next.requests.size()) << "seed " << seed;
        EXPECT_EQ(next.requests[*place].request.block == kNoBlock, requests[i].request.block == kNoBlock) << "seed " << seed;
      }
    }
  }
}

TEST(Neighbours, AreOfAnotherEndAloneWhenTheTraceIsLong) {
  std::string lines;
  for (int i = 0; i < 70; ++i) lines += "a " + std::to_string(i) + " 8;";
  const Lifetimes requests = lifetimes_of(trace_from(lines));
  for (const Neighbour& next : neighbours_of(requests, {})) {
    EXPECT_TRUE(std::equal(requests.begin(), requests.end() - 2, next.requests.begin()));
  }
}

}  // namespace
}  // namespace heapjudge
