// By Landlock, version 1 of its interface: all of it that reading and writing files needs.
#include "submission/read_border.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace heapjudge {
namespace {

constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kWrite =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE;
constexpr std::uint64_t kFileOnly = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;

// Where programs, libraries and headers lie, but not all of /usr or /opt: a grader may be installed there,
// with its hidden traces.
constexpr std::array kPrefixes{"/", "/usr", "/usr/local"};
constexpr std::array kParts{"bin",    "lib",     "lib32",   "lib64",
                            "libx32", "libexec", "include", "x86_64-linux-gnu"};
constexpr std::array kSingle{"/etc/alternatives", "/etc/ld.so.cache", "/proc/cpuinfo", "/nix/store"};

bool is_folder(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace

ReadBorder::ReadBorder(const std::vector<std::filesystem::path>& readable,
                       const std::filesystem::path& writable) {
  landlock_ruleset_attr handled{};
  handled.handled_access_fs = kRead | kWrite;
  ruleset_ = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
  if (ruleset_ < 0) {
    const int error = errno;  // out of descriptors, for one: no reason to let the tool read everything
    if (is_available())
      throw std::system_error(error, std::generic_category(), "cannot confine the compiler");
    return;
  }
  for (const char* prefix : kPrefixes) {
    for (const char* part : kParts) allow(std::filesystem::path(prefix) / part, kRead);
  }
  for (const char* path : kSingle) allow(path, kRead);
  for (const auto& path : readable) allow(path, kRead);
  allow("/dev/null", kRead | LANDLOCK_ACCESS_FS_WRITE_FILE);
  allow(writable, kRead | kWrite);
}

ReadBorder::~ReadBorder() {
  if (ruleset_ >= 0) ::close(ruleset_);
}

void ReadBorder::allow(const std::filesystem::path& path, std::uint64_t access) const {
  landlock_path_beneath_attr rule{};
  rule.parent_fd = ::open(path.c_str(), O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0) return;
  rule.allowed_access = is_folder(rule.parent_fd) ? access : access & kFileOnly;
  ::syscall(SYS_landlock_add_rule, ruleset_, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  ::close(rule.parent_fd);
}

bool ReadBorder::is_available() {
  return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

bool ReadBorder::enforce() const {
  if (ruleset_ < 0) return true;
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::syscall(SYS_landlock_restrict_self, ruleset_, 0) == 0;
}

}  // namespace heapjudge
