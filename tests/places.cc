#include "tests/test_main.h"

#include <cstdlib>

namespace heapjudge {

namespace {

std::filesystem::path place_from(const char* variable, const char* otherwise) {
  const char* const dir = std::getenv(variable);
  return std::filesystem::absolute(dir != nullptr ? dir : otherwise);
}

}  // namespace

std::filesystem::path source_dir() {
  static const std::filesystem::path place = place_from("HEAPJUDGE_SOURCE_DIR", ".");
  return place;
}

std::filesystem::path binary_dir() {
  static const std::filesystem::path place = place_from("HEAPJUDGE_BINARY_DIR", "build");
  return place;
}

}  // namespace heapjudge
