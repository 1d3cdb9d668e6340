// Plain POSIX: isatty, the window's size, the usual variables.
#include "cli/screen.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <system_error>

namespace heapjudge {
namespace {

constexpr std::size_t kDefaultColumns = 100;

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view value = variable(name);
    if (value.empty()) continue;
    return value.find("UTF-8") != value.npos || value.find("utf8") != value.npos ||
           value.find("UTF8") != value.npos;
  }
  return false;
}

bool wants_colour(ColourRule rule, bool to_file) {
  switch (rule) {
    case ColourRule::kAlways:
      return true;
    case ColourRule::kNever:
      return false;
    case ColourRule::kAuto:
      break;
  }
  return !to_file && ::isatty(STDOUT_FILENO) == 1 && variable("NO_COLOR").empty() &&
         variable("TERM") != "dumb";
}

std::size_t columns_of(int stream) {
  const std::string_view wish = variable("COLUMNS");
  std::size_t count = 0;
  if (std::from_chars(wish.data(), wish.data() + wish.size(), count).ec == std::errc() && count > 0)
    return count;
  winsize window{};
  if (::ioctl(stream, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) return window.ws_col;
  return kDefaultColumns;
}

}  // namespace

TextStyle text_style(ColourRule rule, bool verbose, bool to_file) {
  return {.colour = wants_colour(rule, to_file),
          .unicode = to_file || locale_is_utf8(),
          .verbose = verbose,
          .columns = to_file ? kDefaultColumns : columns_of(STDOUT_FILENO)};
}

void write_stdout(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0) text.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EINTR) {
      throw std::runtime_error("standard output: " + std::generic_category().message(errno));
    }
  }
}

ProgressLine::ProgressLine() : on_terminal_(::isatty(STDERR_FILENO) == 1 && variable("TERM") != "dumb") {}

std::size_t ProgressLine::columns() const {
  return columns_of(STDERR_FILENO) - 1;  // a full line leaves the cursor on the next one
}

bool ProgressLine::unicode() const {
  return locale_is_utf8();
}

void ProgressLine::show(std::string_view text) {
  if (!on_terminal_) return;
  std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(text.size()), text.data());
  shown_ = true;
}

void ProgressLine::clear() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

}  // namespace heapjudge
