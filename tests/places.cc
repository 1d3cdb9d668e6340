#include "tests/test_main.h"

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
