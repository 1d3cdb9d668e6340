// Quotes for a POSIX shell; $'...' where a byte cannot be printed.
#include "reports/shell_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "reports/printable.h"

namespace heapjudge {
namespace {

bool is_plain(char c) {
  constexpr std::string_view kPlain = "_./-+,:@%=";
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || kPlain.find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(std::string_view text) {
  if (printable(text) != text) {
    std::string word = "$'";
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      const bool as_it_is = byte >= 0x20 && byte < 0x7f && c != '\'' && c != '\\';
      word += as_it_is ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
    }
    return word + "'";
  }
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

}  // namespace heapjudge
