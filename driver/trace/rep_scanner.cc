// Lines and words of a .rep file.
#include "trace/rep_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <system_error>

#include "trace/input_error.h"

namespace heapjudge {
namespace {

constexpr std::size_t kLongestShown = 20;
constexpr char kComment = '#';

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace

bool RepScanner::next_line() {
  while (!rest_.empty()) {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    text_ = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++line_;
    if (!text_.empty() && text_.back() == '\r') text_.remove_suffix(1);
    find_word(text_.data());
    if (!word_.empty()) return true;
  }
  return false;
}

void RepScanner::find_word(const char* from) {
  const char* end = text_.data() + text_.size();
  while (from != end && is_blank(*from)) ++from;
  const char* stop = from;
  while (stop != end && !is_blank(*stop) && *stop != kComment) ++stop;
  word_ = {from, static_cast<std::size_t>(stop - from)};
}

std::string_view RepScanner::take_word() {
  last_ = word_;
  find_word(word_.data() + word_.size());
  return last_;
}

std::uint64_t RepScanner::take_number(const char* what, std::uint64_t limit) {
  if (word_.empty()) fail_here(std::string("expected ") + what + ", found the end of the line");
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(word_.data(), word_.data() + word_.size(), value);
  if (stop != word_.data() + word_.size()) {
    fail_here(std::string("expected ") + what + ", found " + shown(word_));
  }
  if (error == std::errc::result_out_of_range || value > limit) {
    const std::string digits(word_.substr(0, kLongestShown));
    fail_here(what + (" " + digits) + " is more than " + std::to_string(limit));
  }
  take_word();
  return value;
}

void RepScanner::expect_end_of_line() {
  if (!word_.empty()) fail_here("expected the end of the line, found " + shown(word_));
}

void RepScanner::skip(std::size_t bytes, std::size_t lines) {
  rest_.remove_prefix(bytes);
  line_ += lines;
}

void RepScanner::fail_here(const std::string& what) const {
  fail(line_, column_of(word_.data()), what);
}

void RepScanner::fail_at_last(const std::string& what) const {
  fail(line_, column_of(last_.data()), what);
}

void RepScanner::fail_at_end_of_file(const std::string& what) const {
  fail(line_ + 1, 1, what);
}

void RepScanner::fail(std::size_t line, std::size_t column, const std::string& what) const {
  throw InputError(std::string(name_) + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " +
                   what);
}

std::string RepScanner::shown(std::string_view word) {
  std::string text;
  for (const char c : word.substr(0, kLongestShown)) {
    if (c > ' ' && c <= '~') {
      text += c;
    } else {
      std::array<char, 5> hex{};
      std::snprintf(hex.data(), hex.size(), "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      text += hex.data();
    }
  }
  return "'" + text + (word.size() > kLongestShown ? "...'" : "'");
}

}  // namespace heapjudge
