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

// nullptr, and errno, when it cannot be.
void* extend_and_map(int fd, std::uint64_t records) {
  const std::size_t bytes = log_bytes(records);
  if (::ftruncate(fd, static_cast<off_t>(bytes)) != 0) return nullptr;
  void* const mapping = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
  return mapping == MAP_FAILED ? nullptr : mapping;
}

}  // namespace

// Some file systems limit holes as well, and some users their address space: then the log is a smaller one.
LogFile::LogFile(std::filesystem::path path, const LogOptions& options)
    : path_(std::move(path)), capacity_(options.most_records) {
  const int fd = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) fail(path_, errno);
  mapping_ = extend_and_map(fd, capacity_);
  while (mapping_ == nullptr && (errno == EFBIG || errno == ENOMEM) && capacity_ > kFewestRecords) {
    capacity_ /= 2;
    mapping_ = extend_and_map(fd, capacity_);
  }
  const int error = errno;
  ::close(fd);
  if (mapping_ == nullptr) fail(path_, error);
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
