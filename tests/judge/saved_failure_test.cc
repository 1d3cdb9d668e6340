// The failing prefix of a trace: believed only when it fails again.
#include "judge/saved_failure.h"

#include <gtest/gtest.h>

namespace heapjudge {
namespace {

Trace three_mallocs() {
  return Trace("three.rep", {}, 3,
               {{.size = 8, .block = 0}, {.size = 8, .block = 1}, {.size = 8, .block = 2}});
}

Examination convicted_of(Fault fault) {
  Examination examination;
  examination.finding.emplace();
  examination.finding->fault = fault;
  return examination;
}

Finding overlap_at(std::size_t request) {
  return {.fault = Fault::kOverlap, .request = request};
}

TEST(FailingPrefix, EndsWithTheConvictedRequest) {
  const auto agree = [](const Trace&) { return convicted_of(Fault::kOverlap); };
  EXPECT_EQ(failing_prefix(three_mallocs(), overlap_at(2), agree), three_mallocs().prefix(2));
  EXPECT_EQ(failing_prefix(three_mallocs(), overlap_at(0), agree), three_mallocs().prefix(1));
}

TEST(FailingPrefix, APrefixThatDoesNotFailAlikeIsNotBelieved) {
  const auto acquit = [](const Trace&) { return Examination{}; };
  const auto other = [](const Trace&) { return convicted_of(Fault::kCrash); };
  EXPECT_EQ(failing_prefix(three_mallocs(), overlap_at(2), acquit), three_mallocs());
  EXPECT_EQ(failing_prefix(three_mallocs(), overlap_at(2), other), three_mallocs());
}

TEST(FailingPrefix, TheWholeTraceNeedsNoSecondOpinion) {
  const auto never = [](const Trace&) -> Examination {
    ADD_FAILURE() << "examined";
    return {};
  };
  EXPECT_EQ(failing_prefix(three_mallocs(), overlap_at(3), never), three_mallocs());
  EXPECT_EQ(failing_prefix(three_mallocs(), overlap_at(4), never), three_mallocs());
}

TEST(FailureFileName, HasTheCodeAndNothingThatLeadsAway) {
  EXPECT_EQ(failure_file_name("realloc-2", Fault::kOverlap), "realloc-2-E103.rep");
  EXPECT_EQ(failure_file_name("../a b", Fault::kCrash), "_._a_b-E301.rep");
}

}  // namespace
}  // namespace heapjudge
