// Every rule has a code and a sentence of its own.
#include "oracle/fault.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace heapjudge {
namespace {

TEST(Fault, CodeIsTheNumberOfTheEnumerator) {
  EXPECT_EQ(code_of(Fault::kMisaligned), "E101");
  EXPECT_EQ(code_of(Fault::kWroteOutsideHeap), "E109");
  EXPECT_EQ(code_of(Fault::kInitDoesNotReset), "E203");
  EXPECT_EQ(code_of(Fault::kBadSignature), "E503");
}

TEST(Fault, AllFaultsAreListedOnceByRisingCode) {
  const auto faults = all_faults();
  EXPECT_EQ(faults.size(), 25u);
  EXPECT_TRUE(std::is_sorted(faults.begin(), faults.end()));
  EXPECT_EQ(std::set<Fault>(faults.begin(), faults.end()).size(), faults.size());
}

TEST(Fault, EveryRuleIsASentenceOfItsOwn) {
  std::set<std::string_view> seen;
  for (const Fault fault : all_faults()) {
    const std::string_view rule = rule_of(fault);
    ASSERT_FALSE(rule.empty()) << code_of(fault);
    EXPECT_EQ(rule.back(), '.') << code_of(fault);
    EXPECT_TRUE(seen.insert(rule).second) << code_of(fault);
  }
}

TEST(Fault, OverlapIsPutInPlainWords) {
  EXPECT_EQ(rule_of(Fault::kOverlap), "A block may not share bytes with a live block.");
}

}  // namespace
}  // namespace heapjudge
