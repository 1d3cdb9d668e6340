// Suggestions for mistyped names.
#include "cli/nearest.h"

#include <gtest/gtest.h>

namespace heapjudge {
namespace {

const std::vector<std::string> kNames{"--check", "--color", "--format", "-f"};

TEST(Nearest, OneLetterOffIsRecognised) {
  EXPECT_EQ(nearest("--chek", kNames), "--check");
  EXPECT_EQ(nearest("--checkk", kNames), "--check");
  EXPECT_EQ(nearest("--chack", kNames), "--check");
  EXPECT_EQ(nearest("--chekc", kNames), "--check");
}

TEST(Nearest, AThirdOfTheLettersMayDiffer) {
  EXPECT_EQ(nearest("--colour", kNames), "--color");
  EXPECT_EQ(nearest("--fmt", kNames), std::nullopt);
  EXPECT_EQ(nearest("--something", kNames), std::nullopt);
}

TEST(Nearest, NothingIsNearToNothing) {
  EXPECT_EQ(nearest("", kNames), std::nullopt);
  EXPECT_EQ(nearest("-f", {}), std::nullopt);
}

}  // namespace
}  // namespace heapjudge
