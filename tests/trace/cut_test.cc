// Windows of traces: balanced, well-formed, and what is left out.
#include "trace/cut.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "trace/analysis.h"
#include "trace/generate.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

Trace trace_of(const std::string& requests) {
  const auto count = std::ranges::count(requests, '\n');
  return parse_trace("t.rep", "1000\n8\n" + std::to_string(count) + "\n1\n" + requests);
}

std::string window(const std::string& requests, std::size_t first, std::size_t last,
                   BlocksBefore before = BlocksBefore::kAllocate) {
  std::string text = print_trace(cut(trace_of(requests), first, last, before));
  for (int line = 0; line < 4; ++line) text.erase(0, text.find('\n') + 1);
  return text;
}

constexpr const char* kRequests = "a 5 10\na 3 20\nr 5 30\nf 3\na 3 40\nf 5\nf 3\n";

TEST(Cut, AllocatesWhatIsLiveAtTheStartWithTheSizeItHasThere) {
  EXPECT_EQ(window(kRequests, 4, 5), "a 0 30\na 1 20\nf 1\na 2 40\nf 0\nf 2\n");
}

TEST(Cut, KeepsTheOrderOfBirthAndNotOfIds) {
  EXPECT_EQ(window("a 7 10\na 0 20\nf 7\na 7 30\na 1 40\n", 5, 5), "a 0 20\na 1 30\na 2 40\nf 0\nf 1\nf 2\n");
}

TEST(Cut, OrLeavesOutTheRequestsAboutSuchBlocks) {
  EXPECT_EQ(window(kRequests, 3, 6, BlocksBefore::kDrop), "a 0 40\nf 0\n");
}

TEST(Cut, OfEverythingIsTheTraceWithIdsInOrder) {
  EXPECT_EQ(window(kRequests, 1, SIZE_MAX), "a 0 10\na 1 20\nr 0 30\nf 1\na 2 40\nf 0\nf 2\n");
}

TEST(Cut, KeepsHowABlockWasMade) {
  EXPECT_EQ(window("c 0 3 7\nm 1 64 9\na 2 1\n", 3, 3), "c 0 3 7\nm 1 64 9\na 2 1\nf 0\nf 1\nf 2\n");
}

TEST(Cut, ForgetsBlocksWithInit) {
  EXPECT_EQ(window("a 0 10\ni\na 1 20\nf 1\n", 3, 3), "a 0 20\nf 0\n");
  EXPECT_EQ(window("a 0 10\na 1 20\ni\na 1 30\n", 2, 4), "a 0 10\na 1 20\ni\na 2 30\nf 2\n");
}

TEST(Cut, BeginsWithoutABlockThatMayBeGone) {
  EXPECT_EQ(window("a 0 10\nr 0 0\nf 0\na 1 5\n", 3, 4), "a 0 5\nf 0\n");
}

TEST(Cut, IsWellFormedAndBalancedWhereverItBegins) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const Trace trace = random_trace(seed, 200, kP3Mix);
    for (std::size_t first = 1; first <= 200; first += 13) {
      for (const BlocksBefore before : {BlocksBefore::kAllocate, BlocksBefore::kDrop}) {
        const Trace part = cut(trace, first, first + 50, before);
        EXPECT_EQ(analyse(part).never_freed, 0u) << "seed " << seed << " from " << first;
      }
    }
  }
}

TEST(Cut, RefusesAnEmptyWindow) {
  for (const auto& [first, last] : std::vector<std::pair<std::size_t, std::size_t>>{{0, 3}, {3, 2}, {8, 9}}) {
    EXPECT_THROW(cut(trace_of(kRequests), first, last), InputError);
  }
  try {
    cut(trace_of(kRequests), 8, 9);
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "t.rep: no requests from 8 to 9: it has 7");
  }
}

}  // namespace
}  // namespace heapjudge
