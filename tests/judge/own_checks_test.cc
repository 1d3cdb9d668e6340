// When a heap is looked at as a whole, and which answers of a submission's own checker are complaints.
#include "judge/own_checks.h"

#include <gtest/gtest.h>

#include <vector>

#include "judge/check_moments.h"

namespace heapjudge {
namespace {

bool complains(std::size_t result_bytes, std::uint64_t after_init, std::uint64_t now) {
  OwnChecks checks(result_bytes);
  EXPECT_FALSE(checks.judge(after_init));
  return checks.judge(now).has_value();
}

TEST(OwnChecks, WhatIsReturnedForTheEmptyHeapIsSound) {
  EXPECT_FALSE(complains(4, 0, 0));
  EXPECT_FALSE(complains(4, 1, 1));
  EXPECT_TRUE(complains(4, 0, 1));
  EXPECT_TRUE(complains(4, 1, 0));
  EXPECT_TRUE(complains(1, 1, 0));
}

TEST(OwnChecks, OnlyTheSignCounts) {
  EXPECT_FALSE(complains(4, 3, 17));
  EXPECT_TRUE(complains(4, 0, 0xffffffff));
  EXPECT_TRUE(complains(4, 1, 0xffffffff));
  EXPECT_FALSE(complains(8, UINT64_MAX, UINT64_MAX - 4));
}

TEST(OwnChecks, BytesThatTheResultDoesNotHaveAreGarbage) {
  EXPECT_FALSE(complains(1, 0xabcdef00, 0x12345600));
  EXPECT_FALSE(complains(4, 0xdeadbeef00000001, 0x1700000001));
  EXPECT_TRUE(complains(2, 0x770001, 0x77ffff));
}

TEST(OwnChecks, OneThatReturnsNothingNeverComplains) { EXPECT_FALSE(complains(0, 0, 1)); }

TEST(OwnChecks, AComplaintTellsBothWords) {
  OwnChecks checks(4);
  checks.judge(1);
  const auto violation = checks.judge(0xfffffffe);
  ASSERT_TRUE(violation.has_value());
  EXPECT_EQ(violation->fault, Fault::kOwnCheckerComplains);
  EXPECT_EQ(violation->checker, (CheckerWords{.after_init = 1, .now = -2}));
}

std::vector<std::size_t> due(std::size_t requests) {
  const CheckMoments checks(requests);
  std::vector<std::size_t> moments;
  for (std::size_t answered = 0; answered <= requests; ++answered) {
    if (checks.is_due(answered)) moments.push_back(answered);
  }
  return moments;
}

TEST(CheckMoments, AreAfterMmInitAndEachRequestOfAShortReplay) {
  EXPECT_EQ(due(0), (std::vector<std::size_t>{0}));
  EXPECT_EQ(due(3), (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(due(1000).size(), 1001u);
}

TEST(CheckMoments, AreAThousandInALongOneAndItsEnd) {
  const auto moments = due(123457);
  EXPECT_LE(moments.size(), 1002u);
  EXPECT_GE(moments.size(), 900u);
  EXPECT_EQ(moments.back(), 123457u);
}

TEST(CheckMoments, AreMetByBatchesThatKeepToTheRoom) {
  const CheckMoments checks(2500);
  std::size_t answered = 0;
  while (answered < 2499) {
    answered += checks.room_after(answered);
    EXPECT_TRUE(checks.is_due(answered)) << answered;
  }
}

}  // namespace
}  // namespace heapjudge
