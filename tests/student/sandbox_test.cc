// The outer side of the sandbox, and the sizes that cross the border.
#include "student/sandbox.h"

#include <gtest/gtest.h>

#include "student/server.h"

namespace heapjudge {
namespace {

TEST(SystemCallFilter, IsThereForEachPhaseAndAbi) {
  for (const bool ilp32 : {false, true}) {
    const Filter loading = system_call_filter(SandboxPhase::kLoading, ilp32);
    const Filter serving = system_call_filter(SandboxPhase::kServing, ilp32);
    EXPECT_GT(serving.length, 10u);
    EXPECT_GT(loading.length, serving.length) << "loading needs more";
    EXPECT_LE(loading.length, kMaxFilter);
  }
}

TEST(SystemCallName, FollowsTheAbi) {
  EXPECT_EQ(system_call_name(41, false), "socket");
  EXPECT_EQ(system_call_name(41, true), "dup");
  EXPECT_EQ(system_call_name(99999, false), "number 99999");
}

TEST(IsExit, KnowsBothKindsInBothAbis) {
  EXPECT_TRUE(is_exit(60, false));
  EXPECT_TRUE(is_exit(231, false));
  EXPECT_TRUE(is_exit(1, true));
  EXPECT_TRUE(is_exit(252, true));
  EXPECT_FALSE(is_exit(1, false));
}

TEST(ToSize, IsExactWhereItFits) {
  EXPECT_EQ(to_size(0), 0u);
  EXPECT_EQ(to_size(UINT64_MAX), SIZE_MAX);
}

}  // namespace
}  // namespace heapjudge
