// Compares with, or writes, golden files.
#include "tests/reports/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/test_main.h"

namespace heapjudge {

void expect_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path file = source_dir() / "tests" / "golden" / name;
  if (std::getenv("HEAPJUDGE_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return;
  }
  std::ifstream stream(file, std::ios::binary);
  ASSERT_TRUE(stream) << file << " is missing; write it with HEAPJUDGE_UPDATE_GOLDEN=1";
  const std::string wanted{std::istreambuf_iterator<char>(stream), {}};
  EXPECT_EQ(text, wanted) << "differs from " << file;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace heapjudge
