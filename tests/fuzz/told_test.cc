// Which failures of a family are told, and with what else.
#include "fuzz/told.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace heapjudge {
namespace {

// A trace of so many requests that is convicted in `function`.
Kept kept(const std::string& function, std::size_t requests, Tier tier = Tier::kP0, Proof proof = Proof::kJudged) {
  std::vector<Request> mallocs;
  for (BlockId block = 0; block < requests; ++block) mallocs.push_back({.size = 8, .block = block, .op = Op::kMalloc});
  Kept made{Trace("fuzz", {}, static_cast<std::uint32_t>(requests), std::move(mallocs)),
            {.proof = proof, .function = function}};
  made.finding.result.tier = tier;
  made.finding.result.requests = requests;
  made.finding.found_cpu_seconds = static_cast<double>(requests);
  Finding finding;
  finding.fault = finding.beneath = Fault::kOverlap;
  made.finding.result.examination.emplace().finding = std::move(finding);
  return made;
}

using Functions = std::vector<std::string>;

// Of each finding: its function, and those of its symptoms.
std::vector<Functions> functions_of(const std::vector<Told>& told) {
  std::vector<Functions> all;
  for (const Told& one : told) {
    Functions& functions = all.emplace_back(Functions{one.finding.function});
    for (const Symptom& also : one.finding.also) functions.push_back(also.function);
  }
  return all;
}

TEST(ToldOfAFamily, IsTheJudgesWordThenTheLowestTierThenTheShortestTrace) {
  const auto told = told_of_family({{0, {kept("seen", 1, Tier::kP0, Proof::kGuardOnly), kept("deep", 2, Tier::kP1),
                                         kept("long", 9), kept("short", 4)}}});
  EXPECT_EQ(functions_of(told), (std::vector<Functions>{{"short", "seen", "deep", "long"}}));
}

TEST(ToldOfAFamily, KeepsTheTraceOfEachSymptomAndCountsThemAll) {
  Kept often = kept("b", 5);
  often.finding.alike = 7;
  const auto told = told_of_family({{0, {kept("a", 3), std::move(often)}}});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].finding.alike, 8u);
  EXPECT_EQ(told[0].finding.found_cpu_seconds, 3);
  EXPECT_EQ(told[0].finding.also[0].requests, 5u);
  ASSERT_EQ(told[0].others.size(), 1u);
  EXPECT_EQ(told[0].trace.requests().size(), 3u);
  EXPECT_EQ(told[0].others[0].requests().size(), 5u);
}

TEST(ToldOfAFamily, IsOfEachOfTwoParts) {
  EXPECT_EQ(functions_of(told_of_family({{0, {kept("b", 6)}}, {0, {kept("a", 3)}}})),
            (std::vector<Functions>{{"a"}, {"b"}}));
}

TEST(ToldOfAFamily, TheSecondIsTheLongestOfTheOtherParts) {
  const auto told = told_of_family({{0, {kept("first", 3)}}, {0, {kept("middle", 5)}}, {0, {kept("longest", 8)}}});
  EXPECT_EQ(functions_of(told), (std::vector<Functions>{{"first", "middle"}, {"longest"}}));
}

TEST(ToldOfAFamily, APartIsAsLongAsItsShortestTrace) {
  const auto told = told_of_family(
      {{0, {kept("first", 3)}}, {0, {kept("short", 4), kept("long", 90)}}, {0, {kept("middle", 5)}}});
  EXPECT_EQ(functions_of(told), (std::vector<Functions>{{"first", "short", "long"}, {"middle"}}));
}

TEST(ToldOfAFamily, TheSecondIsOfAnotherBranchIfThereIsOne) {
  const auto told = told_of_family({{0, {kept("first", 3)}}, {0, {kept("long", 9)}}, {1, {kept("apart", 5)}}});
  EXPECT_EQ(functions_of(told), (std::vector<Functions>{{"first", "long"}, {"apart"}}));
}

TEST(ToldOfAFamily, TheSecondIsOfTheHighestTier) {
  const auto told = told_of_family(
      {{0, {kept("first", 3)}}, {1, {kept("long", 9)}}, {1, {kept("huge", 1, Tier::kP3), kept("deep", 12, Tier::kP3)}}});
  EXPECT_EQ(functions_of(told), (std::vector<Functions>{{"first"}, {"huge", "long", "deep"}}));
}

TEST(ToldOfAFamily, TheSecondIsOneThatTheJudgeConvictsIfThereIsOne) {
  const auto told = told_of_family({{0, {kept("first", 3)}},
                                    {1, {kept("seen", 9, Tier::kP3, Proof::kGuardOnly)}},
                                    {1, {kept("judged", 4)}}});
  EXPECT_EQ(functions_of(told), (std::vector<Functions>{{"first"}, {"judged", "seen"}}));
}

TEST(ToldOfAFamily, TheRestGoesWithTheSecondWhereItIsOfItsBranch) {
  const auto told = told_of_family({{0, {kept("first", 3)}},
                                    {1, {kept("apart", 9)}},
                                    {1, {kept("beside", 5)}},
                                    {2, {kept("elsewhere", 4)}}});
  EXPECT_EQ(functions_of(told), (std::vector<Functions>{{"first", "elsewhere"}, {"apart", "beside"}}));
}

}  // namespace
}  // namespace heapjudge
