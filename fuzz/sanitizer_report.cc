#include "fuzz/sanitizer_report.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

#include "fuzz/sanitizer/board.h"
#include "submission/symbolize.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostFrames = 16;
constexpr std::size_t kLongestKind = 60;
constexpr std::string_view kAddressError = "ERROR: AddressSanitizer: ";
constexpr std::string_view kUndefinedError = ": runtime error: ";

std::vector<std::string_view> pieces_of(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    pieces.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

std::optional<std::uint64_t> number_in(std::string_view word, int base) {
  if (base == 16 && word.starts_with("0x")) word.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [rest, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
  return error == std::errc{} && rest != word.data() ? std::optional(value) : std::nullopt;
}

class Reader {
 public:
  Reader(std::string_view text, const std::filesystem::path& library) : lines_(pieces_of(text, '\n')), library_(library) {
    for (const std::string_view line : lines_) {
      if (!line.starts_with(kLibraryLine)) continue;
      const std::string_view rest = line.substr(line.find(' ') + 1);
      start_ = number_in(rest, 16).value_or(0);
      end_ = number_in(rest.substr(rest.find(' ') + 1), 16).value_or(0);
      break;
    }
  }

  std::optional<SanitizerError> address_error() const {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::size_t at = lines_[i].find(kAddressError);
      if (at == std::string_view::npos) continue;
      const std::string_view what = lines_[i].substr(at + kAddressError.size());
      SanitizerError error{.sanitizer = "asan", .kind = std::string(what.substr(0, std::min(end_of_kind(what), kLongestKind)))};
      error.access = access_after(i);
      error.stack = stack_after(i);
      return error;
    }
    return std::nullopt;
  }

  std::optional<SanitizerError> undefined_error() const {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::size_t at = lines_[i].find(kUndefinedError);
      if (at == std::string_view::npos) continue;
      SanitizerError error{.sanitizer = "ubsan", .kind = undefined_kind(lines_[i].substr(at + kUndefinedError.size()))};
      error.stack = stack_after(i);
      if (error.stack.empty()) error.stack.push_back(place_in(lines_[i].substr(0, at)));
      return error;
    }
    return std::nullopt;
  }

 private:
  // "use-after-poison on address 0x..." and "SEGV on unknown address"; "stack-overflow on address"; "CHECK failed: ...".
  static std::size_t end_of_kind(std::string_view what) { return std::min({what.find(" on "), what.find(" ("), what.find(": ")}); }

  // Addresses differ from the judge's, so they are not told: of "store to misaligned address 0x... for type 'long'" the
  // word is left out, and "addition of unsigned offset to 0x... overflowed to 0x..." is one of an offset to a pointer.
  static std::string undefined_kind(std::string_view what) {
    std::string kind;
    for (const std::string_view word : pieces_of(what, ' ')) {
      if (word.empty()) continue;
      if (!word.starts_with("0x")) {
        kind += (kind.empty() ? "" : " ") + std::string(word);
      } else if (kind.ends_with(" overflowed to")) {
        kind.resize(kind.rfind(' '));
      } else if (kind.ends_with(" to") || kind.ends_with(" from")) {
        kind += " a pointer";
      }
    }
    return kind.substr(0, 2 * kLongestKind);
  }

  // "WRITE of 8", or of a signal only "WRITE".
  std::string access_after(std::size_t error) const {
    for (std::size_t i = error + 1; i < std::min(lines_.size(), error + 5); ++i) {
      for (const std::string_view kind : {"READ", "WRITE"}) {
        const std::string_view line = lines_[i];
        if (line.starts_with(kind)) {
          const auto bytes = number_in(line.substr(std::min(line.size(), kind.size() + 9)), 10);  // " of size "
          return std::string(kind) + (bytes ? " of " + std::to_string(*bytes) : "");
        }
        if (line.find("caused by a " + std::string(kind)) != line.npos) return std::string(kind);
      }
    }
    return "";
  }

  // The first run of frames; those of the submission.
  std::vector<SourceFrame> stack_after(std::size_t error) const {
    Backtrace frames;
    std::size_t i = error + 1;
    while (i < lines_.size() && lines_[i].find(kFrameLine) == std::string_view::npos && i < error + 12) ++i;
    for (; i < lines_.size() && lines_[i].find(kFrameLine) != std::string_view::npos; ++i) {
      const std::string_view line = lines_[i];
      const auto counter = number_in(line.substr(line.rfind(' ') + 1), 16);
      if (counter && *counter >= start_ && *counter < end_ && frames.size() < kMostFrames) frames.push_back(*counter - start_);
    }
    return frames.empty() ? std::vector<SourceFrame>{} : symbolize(library_, frames);
  }

  // "dir/mm.c:12:3"
  static SourceFrame place_in(std::string_view text) {
    SourceFrame frame;
    const std::size_t column = text.rfind(':');
    const std::size_t line = column == text.npos || column == 0 ? text.npos : text.rfind(':', column - 1);
    if (line == text.npos) return frame;
    frame.file = std::string(text.substr(0, line));
    frame.line = number_in(text.substr(line + 1), 10).value_or(0);
    frame.column = number_in(text.substr(column + 1), 10).value_or(0);
    return frame;
  }

  std::vector<std::string_view> lines_;
  const std::filesystem::path& library_;
  std::uint64_t start_ = 0;
  std::uint64_t end_ = 0;
};

}  // namespace

std::vector<SanitizerError> sanitizer_errors_in(std::string_view text, const std::filesystem::path& library) {
  const Reader reader(text, library);
  std::vector<SanitizerError> errors;
  if (auto error = reader.address_error()) errors.push_back(std::move(*error));
  if (auto error = reader.undefined_error()) errors.push_back(std::move(*error));
  return errors;
}

}  // namespace heapjudge
