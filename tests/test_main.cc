// The main of every test, and what tests share: where the repository and the build are.
#include "tests/test_main.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace heapjudge {

std::filesystem::path source_dir() {
  const char* dir = std::getenv("HEAPJUDGE_SOURCE_DIR");
  return dir != nullptr ? dir : std::filesystem::current_path();
}

std::filesystem::path binary_dir() {
  const char* dir = std::getenv("HEAPJUDGE_BINARY_DIR");
  return dir != nullptr ? dir : std::filesystem::current_path() / "build";
}

}  // namespace heapjudge

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
