// Files that are whole or not there.
#include "judge/whole_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/temporary_folder.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class WholeFile : public testing::Test {
 protected:

  static std::string contents(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }

  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }

  TemporaryFolder temporary_;
  fs::path folder_ = temporary_.path();
};

TEST_F(WholeFile, ReplacesWhatWasThere) {
  write_whole_file(folder_ / "a", "first and longer");
  write_whole_file(folder_ / "a", "second");
  EXPECT_EQ(contents(folder_ / "a"), "second");
  EXPECT_EQ(files(), 1u);
}

TEST_F(WholeFile, ALinkStaysALink) {
  write_whole_file(folder_ / "target", "old");
  fs::create_symlink("target", folder_ / "link");
  write_whole_file(folder_ / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(contents(folder_ / "target"), "new");
}

TEST_F(WholeFile, AFailureLeavesNothingBehind) {
  EXPECT_THROW(write_whole_file(folder_ / "missing" / "a", "text"), std::runtime_error);
  EXPECT_THROW(write_whole_file(folder_, "text"), std::runtime_error);
  EXPECT_EQ(files(), 0u);
}

TEST_F(WholeFile, AFullDeviceIsAFailureAndStaysADevice) {
  EXPECT_THROW(write_whole_file("/dev/full", "text"), std::runtime_error);
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

}  // namespace
}  // namespace heapjudge
