// Fingerprints of submissions.
#include "judge/identity.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "tests/temporary_folder.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class Sha256 : public testing::Test {
 protected:

  fs::path file(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  static std::string hash(const std::vector<fs::path>& files) { return sha256_of_files(files); }

  TemporaryFolder temporary_;
  fs::path folder_ = temporary_.path();
};

TEST_F(Sha256, MatchesThePublishedExamples) {
  EXPECT_EQ(hash({file("empty", "")}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash({file("abc", "abc")}), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash({file("million", std::string(1000000, 'a'))}),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_F(Sha256, SeveralFilesCountInTheirOrder) {
  EXPECT_EQ(hash({file("a", "a"), file("bc", "bc")}), hash({file("abc", "abc")}));
  EXPECT_NE(hash({file("bc", "bc"), file("a", "a")}), hash({file("abc", "abc")}));
}

TEST_F(Sha256, AFileThatCannotBeReadIsNamed) {
  EXPECT_THROW(hash({folder_ / "missing"}), std::runtime_error);
}

}  // namespace
}  // namespace heapjudge
