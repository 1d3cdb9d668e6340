// Theory of operation. One line for each event, its place in the program first if it is known:
//
//   = Start                                  and = End, wherever the program switches the log on and off
//   @ ./a.out:[0x401186] + 0x1ebe2a0 0x64    an allocation of 100 bytes; mtrace has no other kind
//   @ ./a.out:[0x4011a4] - 0x1ebe2a0         a free
//   @ ./a.out:[0x4011b0] < 0x1ebe2a0         a realloc takes two lines: the old address,
//   @ ./a.out:[0x4011b0] > 0x1ebe310 0xc8    the new one
//   @ ./a.out:[0x4011c2] ! 0x1ebe310 0xc80   a realloc that was refused
//
// The name of a file may hold anything, so a line is read from its end.
#include "trace/mtrace_format.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "trace/input_error.h"
#include "trace/rep_scanner.h"

namespace heapjudge {
namespace {

constexpr std::string_view kBegins = "= Start";
constexpr std::string_view kBlanks = " \t";

class MtraceReader {
 public:
  MtraceReader(std::string_view name, std::string_view bytes, const TranscriptOptions& options)
      : name_(name), rest_(bytes), transcript_(options) {}

  Transcript read() {
    if (!is_mtrace(rest_)) fail(name_.data(), "this is no mtrace log: it does not begin with '= Start'");
    while (next_line()) take_line();
    return std::move(transcript_);
  }

 private:
  bool next_line() {
    const std::size_t end = rest_.find('\n');
    if (end == rest_.npos) return false;
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    ++line_number_;
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    return true;
  }

  void take_line() {
    if (line_.starts_with('=')) return expect_no_resize(line_.data());
    unread_ = line_;
    const std::string_view last = word_before();
    const std::string_view before = word_before();
    if (before == "-" || before == "<") return take_address(before, number(last, "an address"));
    const std::string_view letter = word_before();
    if (letter.size() != 1 || std::string_view("+>!").find(letter) == std::string_view::npos) {
      fail(line_.data(), "expected an event of an mtrace log, found " + RepScanner::shown(line_));
    }
    const std::uint64_t address = number(before, "an address");
    take_block(letter, address, number(last, "a size"));
  }

  void take_address(std::string_view letter, std::uint64_t address) {
    expect_no_resize(letter.data());
    if (letter == "-") {
      transcript_.free(address);
    } else {
      resizing_ = transcript_.begin_resize(address);
    }
  }

  void take_block(std::string_view letter, std::uint64_t address, std::uint64_t size) {
    if (letter == ">") {
      if (!resizing_) fail(letter.data(), "expected the line of the old address ('<') before this one");
      transcript_.end_resize(*resizing_, address, size);
      resizing_.reset();
      return;
    }
    expect_no_resize(letter.data());
    if (letter == "+") {
      transcript_.malloc(address, size);
    } else {
      transcript_.end_resize(transcript_.begin_resize(address), 0, std::max<std::uint64_t>(size, 1));
    }
  }

  void expect_no_resize(const char* at) {
    if (resizing_) fail(at, "expected the line of the new address ('>') after that of the old one");
  }

  // The last word of what is unread of the line; empty at its beginning.
  std::string_view word_before() {
    const std::size_t last = unread_.find_last_not_of(kBlanks);
    unread_ = unread_.substr(0, last == unread_.npos ? 0 : last + 1);
    const std::size_t blank = unread_.find_last_of(kBlanks);
    const std::size_t first = blank == unread_.npos ? 0 : blank + 1;
    const std::string_view word = unread_.substr(first);
    unread_ = unread_.substr(0, first);
    return word;
  }

  std::uint64_t number(std::string_view word, const char* what) {
    if (word == "(nil)" || word == "0") return 0;
    std::uint64_t value = 0;
    const std::string_view digits = word.starts_with("0x") ? word.substr(2) : "";
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
      fail(word.data(),
           std::string("expected ") + what + " in hexadecimal, found " + RepScanner::shown(word));
    }
    return value;
  }

  [[noreturn]] void fail(const char* at, const std::string& what) const {
    const std::size_t column = line_number_ == 0 ? 1 : static_cast<std::size_t>(at - line_.data()) + 1;
    throw InputError(std::string(name_) + ":" + std::to_string(std::max<std::size_t>(line_number_, 1)) + ":" +
                     std::to_string(column) + ": " + what);
  }

  std::string_view name_;
  std::string_view rest_;
  std::string_view line_;
  std::string_view unread_;
  std::size_t line_number_ = 0;
  std::optional<Transcript::Resizing> resizing_;
  Transcript transcript_;
};

}  // namespace

bool is_mtrace(std::string_view bytes) {
  return bytes.starts_with(kBegins);
}

Transcript read_mtrace(std::string_view name, std::string_view bytes, const TranscriptOptions& options) {
  return MtraceReader(name, bytes, options).read();
}

Trace parse_mtrace(std::string_view name, std::string_view bytes, const TranscriptOptions& options) {
  return read_mtrace(name, bytes, options).finish(std::string(name.substr(name.rfind('/') + 1)));
}

}  // namespace heapjudge
