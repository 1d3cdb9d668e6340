// Reads from the first ": error: " or ": warning: " backwards, because a file's name may hold colons.
#include "reports/compiler_message.h"

#include <charconv>
#include <optional>
#include <sstream>

namespace heapjudge {
namespace {

// Takes ":28" from the end of `text`.
std::optional<std::size_t> take_number(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  const std::string_view digits = text.substr(colon + 1);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  text = text.substr(0, colon);
  return number;
}

std::optional<CompilerMessage> message_in(std::string_view line, std::string_view kind) {
  const std::size_t at = line.find(kind);
  if (at == line.npos) return std::nullopt;
  std::string_view place = line.substr(0, at);
  const auto column = take_number(place);
  const auto row = take_number(place);
  if (!column || !row || place.empty()) return std::nullopt;
  return CompilerMessage{.file = std::string(place),
                         .line = *row,
                         .column = *column,
                         .is_error = !kind.starts_with(": warning"),
                         .text = std::string(line.substr(at + kind.size()))};
}

}  // namespace

std::vector<CompilerMessage> compiler_messages_in(std::string_view diagnostics) {
  std::vector<CompilerMessage> messages;
  std::istringstream lines{std::string(diagnostics)};
  for (std::string line; std::getline(lines, line);) {
    for (const std::string_view kind : {": error: ", ": fatal error: ", ": warning: "}) {
      if (const auto message = message_in(line, kind)) {
        messages.push_back(*message);
        break;
      }
    }
  }
  return messages;
}

}  // namespace heapjudge
