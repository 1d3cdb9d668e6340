// A rubric is a file or the name of a bundled one.
#include "cli/rubric_choice.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class RubricChoice : public testing::Test {
 protected:
  RubricChoice() {
    fs::create_directories(bundled_);
    for (const char* name : {"classic.yaml", "newer.yaml", "README"}) std::ofstream(bundled_ / name) << "x";
    std::ofstream(tree_ / "mine.yaml") << "x";
  }

  std::string error_of(const fs::path& wish) const {
    try {
      rubric_file(wish, tree_);
    } catch (const InputError& error) {
      return error.what();
    }
    return "accepted";
  }

  TemporaryFolder temporary_;
  fs::path tree_ = temporary_.path();
  fs::path bundled_ = tree_ / "traces" / "rubrics";
};

TEST_F(RubricChoice, WithoutAWishItIsTheDefault) {
  EXPECT_EQ(rubric_file({}, tree_), tree_ / "traces" / "rubric.yaml");
}

TEST_F(RubricChoice, AFileWins) {
  EXPECT_EQ(rubric_file(tree_ / "mine.yaml", tree_), tree_ / "mine.yaml");
}

TEST_F(RubricChoice, ANameIsABundledRubric) {
  EXPECT_EQ(rubric_file("classic", tree_), bundled_ / "classic.yaml");
}

TEST_F(RubricChoice, WhatIsNeitherIsAnErrorThatHelps) {
  EXPECT_EQ(error_of("clasic"), "clasic: no such rubric; did you mean classic?");
  EXPECT_EQ(error_of("exam.yaml"), "exam.yaml: no such rubric; a file, or one of: classic, newer");
  EXPECT_EQ(error_of("no/rubric"), "no/rubric: no such rubric; a file, or one of: classic, newer");
}

}  // namespace
}  // namespace heapjudge
