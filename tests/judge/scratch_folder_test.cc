// A run's scratch folder: its own, gone afterwards, and tidied up after those that were killed.
#include "judge/scratch_folder.h"
#include "tests/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <stdexcept>

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class ScratchFolderTest : public testing::Test {
 protected:

  std::size_t folders() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(parent_), {}));
  }

  TemporaryFolder temporary_;
  fs::path parent_ = temporary_.path();
};

TEST_F(ScratchFolderTest, GoesWithAllThatIsInIt) {
  std::optional<ScratchFolder> scratch(parent_);
  EXPECT_TRUE(scratch->path().is_absolute());
  std::ofstream(scratch->path() / "mm.so") << "x";
  scratch.reset();
  EXPECT_EQ(folders(), 0u);
}

TEST_F(ScratchFolderTest, TwoRunsDoNotMeet) {
  const ScratchFolder one(parent_);
  const ScratchFolder other(parent_);
  EXPECT_NE(one.path(), other.path());
  EXPECT_EQ(folders(), 2u);
}

TEST_F(ScratchFolderTest, WhatAKilledRunLeftIsRemovedByTheNext) {
  fs::create_directories(parent_ / "scratch-1-abcdef" / "deep");
  fs::create_directories(parent_ / "failures");
  const ScratchFolder scratch(parent_);
  EXPECT_FALSE(fs::exists(parent_ / "scratch-1-abcdef"));
  EXPECT_TRUE(fs::exists(parent_ / "failures"));
}

TEST_F(ScratchFolderTest, AnInterruptedRunRemovesItsOwnOnly) {
  const ScratchFolder scratch(parent_);
  fs::create_directories(parent_ / "scratch-1-abcdef");
  remove_own_scratch(parent_);
  EXPECT_FALSE(fs::exists(scratch.path()));
  EXPECT_TRUE(fs::exists(parent_ / "scratch-1-abcdef"));
}

TEST_F(ScratchFolderTest, AParentThatCannotBeIsNamed) {
  std::ofstream(parent_ / "file") << "x";
  EXPECT_THROW(ScratchFolder(parent_ / "file" / "below"), std::runtime_error);
}

}  // namespace
}  // namespace heapjudge
