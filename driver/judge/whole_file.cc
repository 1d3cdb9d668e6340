// Write beside it, then rename.
#include "judge/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& file, int error) {
  throw std::runtime_error(file.string() + ": " + std::generic_category().message(error));
}

// 0, or the errno of what went wrong. Closing is checked too: a network file system reports a full disk
// there.
int write_and_close(int fd, std::string_view bytes) {
  int error = 0;
  while (!bytes.empty() && error == 0) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written >= 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EINTR) error = errno;
  }
  if (::close(fd) != 0 && error == 0) error = errno;
  return error;
}

void write_directly(const fs::path& file, std::string_view bytes) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) fail(file, errno);
  if (const int error = write_and_close(fd, bytes); error != 0) fail(file, error);
}

void write_beside_and_rename(const fs::path& file, std::string_view bytes) {
  const fs::path beside =
      file.parent_path() / ("." + file.filename().string() + "." + std::to_string(::gettid()));
  const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) fail(file, errno);
  int error = write_and_close(fd, bytes);
  if (error == 0 && ::rename(beside.c_str(), file.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlink(beside.c_str());
  fail(file, error);
}

}  // namespace

void write_whole_file(const fs::path& file, std::string_view bytes) {
  std::error_code unknown;
  const fs::file_status status = fs::status(file, unknown);
  if (fs::is_directory(status)) fail(file, EISDIR);
  if (fs::exists(status) && !fs::is_regular_file(status)) return write_directly(file, bytes);
  const fs::path target = fs::exists(status) ? fs::canonical(file) : file;  // a link stays a link
  write_beside_and_rename(target, bytes);
}

}  // namespace heapjudge
