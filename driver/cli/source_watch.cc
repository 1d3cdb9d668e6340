// inotify: a file is saved when it was closed after writing, or moved to its name.
#include "cli/source_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <set>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "submission/sources.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr int kQuietMilliseconds = 40;  // an editor may save several files in a row
constexpr std::array<std::string_view, 11> kSuffixes{".c",  ".h",   ".cc",  ".cpp", ".cxx", ".C",
                                                     ".hh", ".hpp", ".hxx", ".inc", ".def"};

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

std::set<fs::path> folders_of(const SourceSet& set) {
  std::set<fs::path> folders;
  for (const fs::path& folder : set.folders) folders.insert(folder.empty() ? fs::path(".") : folder);
  for (const fs::path& folder : set.include_dirs) folders.insert(folder.empty() ? fs::path(".") : folder);
  for (const fs::path& source : set.sources) {
    folders.insert(folder_of(source));
    folders.insert(folder_of(fs::canonical(source)));  // behind a link
  }
  return folders;
}

bool is_readable(int fd, int milliseconds) {
  pollfd one{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&one, 1, milliseconds) > 0;
}

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error("--watch: " + what + ": " + std::generic_category().message(errno));
}

}  // namespace

SourceWatch::SourceWatch(const std::vector<fs::path>& submission) : fd_(-1) {
  const SourceSet set = collect_sources(submission);
  for (const fs::path& source : set.sources) named_.push_back(source.filename().string());
  fd_ = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (fd_ < 0) fail("inotify");
  for (const fs::path& folder : folders_of(set)) {
    if (::inotify_add_watch(fd_, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR) >= 0) continue;
    const int error = errno;
    ::close(fd_);
    errno = error;
    fail(folder.string());
  }
}

SourceWatch::~SourceWatch() {
  ::close(fd_);
}

void SourceWatch::read_events() {
  alignas(inotify_event) std::array<char, 16384> bytes{};
  for (;;) {
    const ssize_t count = ::read(fd_, bytes.data(), bytes.size());
    if (count <= 0) return;
    for (std::size_t at = 0; at < static_cast<std::size_t>(count);) {
      inotify_event event{};
      std::memcpy(&event, bytes.data() + at, sizeof event);
      const std::string name = event.len > 0 ? std::string(bytes.data() + at + sizeof event) : "";
      at += sizeof event + event.len;
      const bool counts = std::ranges::count(kSuffixes, fs::path(name).extension().string()) > 0 ||
                          std::ranges::count(named_, name) > 0;
      if (counts && !name.starts_with('.') && std::ranges::count(saved_, name) == 0) saved_.push_back(name);
    }
  }
}

std::vector<std::string> SourceWatch::wait() {
  while (!has_changed()) is_readable(fd_, -1);
  while (is_readable(fd_, kQuietMilliseconds)) read_events();
  return std::exchange(saved_, {});
}

bool SourceWatch::has_changed() {
  read_events();
  return !saved_.empty();
}

}  // namespace heapjudge
