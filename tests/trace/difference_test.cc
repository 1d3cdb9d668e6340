// Traces are compared as what they ask for; ids are names.
#include "trace/difference.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "trace/cut.h"
#include "trace/generate.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

Trace trace_of(const std::string& requests) {
  const auto count = std::ranges::count(requests, '\n');
  return parse_trace("t.rep", "1000\n8\n" + std::to_string(count) + "\n1\n" + requests);
}

struct Found {
  DifferenceKind kind;
  std::size_t request;
  friend bool operator==(const Found&, const Found&) = default;
};

std::optional<Found> between(const std::string& left, const std::string& right) {
  const auto difference = first_difference(trace_of(left), trace_of(right));
  if (!difference) return std::nullopt;
  return Found{difference->kind, difference->request};
}

TEST(Difference, IsNoneWhenOnlyIdsDiffer) {
  EXPECT_EQ(between("a 0 1\na 1 2\nf 0\nf 1\n", "a 5 1\na 0 2\nf 5\nf 0\n"), std::nullopt);
  EXPECT_EQ(between("a 0 1\nf 0\na 0 2\nf 0\n", "a 0 1\nf 0\na 1 2\nf 1\n"), std::nullopt)
      << "used again or not";
  EXPECT_EQ(between("r 0 5\nr 0 0\nr 0 7\nf 0\n", "r 3 5\nr 3 0\nr 3 7\nf 3\n"), std::nullopt);
}

TEST(Difference, IsAnotherBlock) {
  EXPECT_EQ(between("a 0 1\na 1 1\nf 0\n", "a 0 1\na 1 1\nf 1\n"), (Found{DifferenceKind::kBlock, 3}));
  EXPECT_EQ(between("a 0 1\nr 0 2\n", "a 0 1\nr 1 2\n"), (Found{DifferenceKind::kBlock, 2}))
      << "realloc of NULL";
  EXPECT_EQ(between("a 0 1\nf 0\n", "a 0 1\nf -1\n"), (Found{DifferenceKind::kBlock, 2}));
}

TEST(Difference, IsAnotherRequest) {
  EXPECT_EQ(between("a 0 1\n", "a 0 2\n"), (Found{DifferenceKind::kRequest, 1}));
  EXPECT_EQ(between("a 0 6\n", "c 0 2 3\n"), (Found{DifferenceKind::kRequest, 1}));
  EXPECT_EQ(between("m 0 16 6\n", "m 0 32 6\n"), (Found{DifferenceKind::kRequest, 1}));
  EXPECT_EQ(between("s 1\n", "s 2\n"), (Found{DifferenceKind::kRequest, 1}));
}

TEST(Difference, IsWhereOneEnds) {
  EXPECT_EQ(between("a 0 1\n", "a 0 1\nf 0\n"), (Found{DifferenceKind::kLeftEnds, 2}));
  EXPECT_EQ(between("a 0 1\nf 0\n", "a 0 1\n"), (Found{DifferenceKind::kRightEnds, 2}));
}

TEST(Difference, IsNoneBetweenATraceAndItsRenumberedSelf) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Trace trace = random_trace(seed, 200);
    const Trace part = cut(trace, 1, 200);
    const auto difference = first_difference(trace, part);
    EXPECT_TRUE(!difference || difference->request == 201)
        << "seed " << seed << ": but for the frees at the end";
  }
}

}  // namespace
}  // namespace heapjudge
