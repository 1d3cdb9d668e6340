// The names of the formats.
#include "cli/output_format.h"

#include <algorithm>
#include <string>
#include <vector>

namespace heapjudge {

std::optional<Format> format_named(std::string_view name) {
  const std::vector<std::string> names = split(kGradeFormats, '|');
  const auto at = std::ranges::find(names, name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Format>(at - names.begin());
}

Format read_format(const Given& given) {
  return format_named(given.text("--format").value_or("text")).value_or(Format::kText);
}

AlsoWritten read_also(std::string_view text) {
  const std::size_t at = std::min(text.find('='), text.size());
  const std::optional<Format> format = format_named(text.substr(0, at));
  if (!format || at + 1 >= text.size()) {
    refuse_value("--also", "FORMAT=FILE with a format of --format", std::string(text));
  }
  return {.format = *format, .file = std::string(text.substr(at + 1))};
}

}  // namespace heapjudge
