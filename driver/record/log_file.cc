// A file with a hole that is filled from its front.
#include "record/log_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace heapjudge {
namespace {

constexpr std::uint64_t kFewestRecords = 1 << 16;

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
  throw std::runtime_error(path.string() + ": " + std::generic_category().message(error));
}

// Some file systems have a limit for holes as well: then the log is a smaller one. Returns its records.
std::uint64_t extend(int fd, const std::filesystem::path& path, std::uint64_t records) {
  while (::ftruncate(fd, static_cast<off_t>(log_bytes(records))) != 0) {
    if (errno != EFBIG || records <= kFewestRecords) fail(path, errno);
    records /= 2;
  }
  return records;
}

}  // namespace

LogFile::LogFile(std::filesystem::path path, const LogOptions& options) : path_(std::move(path)) {
  const int fd = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) fail(path_, errno);
  try {
    capacity_ = extend(fd, path_, options.most_records);
  } catch (...) {
    ::close(fd);
    throw;
  }
  mapping_ = ::mmap(nullptr, log_bytes(capacity_), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
  const int error = errno;
  ::close(fd);
  if (mapping_ == MAP_FAILED) fail(path_, error);
  header_ = ::new (mapping_) LogHeader;
  header_->capacity = capacity_;
  header_->follows_children = options.follow_children ? 1 : 0;
}

LogFile::~LogFile() {
  ::munmap(mapping_, log_bytes(capacity_));
}

std::span<const LogRecord> LogFile::records() const {
  const auto* first =
      reinterpret_cast<const LogRecord*>(static_cast<const char*>(mapping_) + kLogHeaderBytes);
  return {first, std::min(header_->next.load(), capacity_)};
}

std::uint64_t LogFile::lost() const {
  const std::uint64_t wanted = header_->next;
  return wanted > capacity_ ? wanted - capacity_ : 0;
}

}  // namespace heapjudge
