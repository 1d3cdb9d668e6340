// What counts as the same failure while a trace shrinks.
#include <gtest/gtest.h>

#include "fuzz/shrink_failure.h"

namespace heapjudge {
namespace {

Finding found(Fault fault, const char* function = nullptr) {
  Finding finding;
  finding.fault = finding.beneath = fault;
  if (function != nullptr) finding.stacks = {{{.function = function}}};
  return finding;
}

TEST(SameFailure, IsOfTheSameCodeInTheSameRun) {
  EXPECT_TRUE(is_same_failure(found(Fault::kOverlap), found(Fault::kOverlap)));
  EXPECT_FALSE(is_same_failure(found(Fault::kOverlap), found(Fault::kOutsideHeap)));
  Finding second = found(Fault::kOverlap);
  second.run = Run::kSecond;
  EXPECT_FALSE(is_same_failure(found(Fault::kOverlap), second));
  Finding edge = found(Fault::kOverlap);
  edge.fault = Fault::kEdgeContract;
  EXPECT_FALSE(is_same_failure(edge, found(Fault::kEdgeContract)));
}

TEST(SameFailure, IsInTheSameFunctionWhereTheFirstHasOne) {
  EXPECT_TRUE(is_same_failure(found(Fault::kCrash, "coalesce"), found(Fault::kCrash, "coalesce")));
  EXPECT_FALSE(is_same_failure(found(Fault::kCrash, "coalesce"), found(Fault::kCrash, "place")));
  EXPECT_FALSE(is_same_failure(found(Fault::kCrash, "coalesce"), found(Fault::kCrash)));
  EXPECT_TRUE(is_same_failure(found(Fault::kCrash), found(Fault::kCrash, "place")));
}

// A crash in one function at a second block of more than 100 bytes; in another one at a block of more
// than 10.
Examination judged(const Trace& trace) {
  Examination examination;
  int large = 0;
  for (const Request& request : trace.requests()) {
    if (request.size > 100) ++large;
    if (large == 2) examination.finding = found(Fault::kCrash, "extend");
    if (request.size > 10 && trace.requests().size() < 3 && !examination.finding) {
      examination.finding = found(Fault::kCrash, "place");
    }
  }
  return examination;
}

TEST(ShrinkByVerdict, DoesNotSlipToAnotherFailure) {
  std::vector<Request> requests;
  for (BlockId block = 0; block < 20; ++block)
    requests.push_back({.size = 20 * std::uint64_t{block}, .block = block});
  const Trace trace("t", {}, 20, requests);
  const Examination first = judged(trace);
  const Shrunk shrunk = shrink_by_verdict(trace, *first.finding, judged, {});
  EXPECT_TRUE(shrunk.is_minimal);
  ASSERT_EQ(shrunk.trace.requests().size(), 2u);
  for (const Request& request : shrunk.trace.requests()) EXPECT_EQ(request.size, 101u);
}

}  // namespace
}  // namespace heapjudge
