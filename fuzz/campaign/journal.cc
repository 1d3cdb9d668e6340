#include "fuzz/campaign/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "check.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw std::runtime_error(file.string() + ": " + std::generic_category().message(errno));
}

std::string read_all(int fd, const std::filesystem::path& file) {
  std::string bytes;
  std::array<char, 1 << 16> part{};
  for (;;) {
    const ssize_t got = ::read(fd, part.data(), part.size());
    if (got == 0) return bytes;
    if (got > 0) bytes.append(part.data(), static_cast<std::size_t>(got));
    if (got < 0 && errno != EINTR) fail(file);
  }
}

}  // namespace

Journal::Journal(std::filesystem::path file) : file_(std::move(file)) {
  fd_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd_ < 0) fail(file_);
  try {
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) throw InputError(file_.string() + ": another campaign is writing to it");
    read_lines();
  } catch (...) {
    ::close(fd_);
    throw;
  }
}

Journal::~Journal() { ::close(fd_); }

void Journal::read_lines() {
  const std::string bytes = read_all(fd_, file_);
  std::size_t start = 0;
  for (std::size_t end = bytes.find('\n'); end != bytes.npos; end = bytes.find('\n', start)) {
    lines_.push_back(bytes.substr(start, end - start));
    start = end + 1;
  }
  if (start < bytes.size() && ::ftruncate(fd_, static_cast<off_t>(start)) != 0) fail(file_);
}

void Journal::append(std::string_view line) {
  ensure(line.find('\n') == line.npos, "a line of a journal holds two");
  write(std::string(line) + "\n");
  if (::fdatasync(fd_) != 0) fail(file_);
}

void Journal::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written >= 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EINTR) fail(file_);
  }
}

}  // namespace heapjudge
