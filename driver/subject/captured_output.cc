#include "subject/captured_output.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace heapjudge {

namespace {

constexpr std::uint64_t kKept = 64 << 10;

}  // namespace

CapturedOutput::CapturedOutput() : file_(memfd_create("output", MFD_CLOEXEC)) {
  if (file_.get() < 0) throw std::runtime_error("cannot make a file for the submission's output");
}

std::uint64_t CapturedOutput::bytes() const {
  const off_t size = lseek(file_.get(), 0, SEEK_END);
  return size > 0 ? static_cast<std::uint64_t>(size) : 0;
}

std::string CapturedOutput::tail() const {
  const std::uint64_t size = bytes();
  std::string text(std::min(size, kKept), '\0');
  const ssize_t got = pread(file_.get(), text.data(), text.size(), static_cast<off_t>(size - text.size()));
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

std::string CapturedOutput::in_one_line() const {
  constexpr std::size_t kMostBytes = 300;
  std::string text = tail();
  while (text.ends_with('\n')) text.pop_back();
  std::ranges::replace(text, '\n', ' ');
  return text.substr(0, kMostBytes);
}

}  // namespace heapjudge
