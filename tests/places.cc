#include "tests/test_main.h"

#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdlib>
#include <string>

namespace heapjudge {

namespace {

std::filesystem::path place_from(const char* variable, const char* otherwise) {
  const char* const dir = std::getenv(variable);
  return std::filesystem::absolute(dir != nullptr ? dir : otherwise);
}

// It ends at once: it is not told what to do.
bool starts(const std::filesystem::path& host) {
  std::string name = host.string();
  char* words[] = {name.data(), nullptr};
  char* environment[] = {nullptr};
  posix_spawn_file_actions_t silently;
  posix_spawn_file_actions_init(&silently);
  posix_spawn_file_actions_addopen(&silently, 2, "/dev/null", 1, 0);
  pid_t child = 0;
  const int error = posix_spawn(&child, name.c_str(), &silently, nullptr, words, environment);
  posix_spawn_file_actions_destroy(&silently);
  if (error != 0) return error != ENOEXEC;  // of anything else the test itself is to tell
  while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  return true;
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

bool runs_32_bits() {
  static const bool runs = starts(binary_dir() / "student" / "heapjudge_host32");
  return runs;
}

}  // namespace heapjudge
