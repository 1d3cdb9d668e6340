// A control character may not even be written as a reference (https://www.w3.org/TR/xml/, 2.2 and 4.1).
#include "reports/xml_text.h"

#include "reports/printable.h"

namespace heapjudge {
namespace {

bool is_allowed(const Utf8Step& step) {
  const char32_t c = step.code_point;
  if (!step.valid) return false;
  if (c < 0x20) return c == '\t' || c == '\n';
  return (c < 0x7f || c > 0x9f) && c != 0xfffe && c != 0xffff;
}

// With the character references that keep an attribute on its line.
std::string escaped(std::string_view raw, bool in_attribute) {
  std::string text;
  while (!raw.empty()) {
    const Utf8Step step = next_code_point(raw);
    const std::string_view bytes = raw.substr(0, step.bytes);
    raw.remove_prefix(step.bytes);
    if (!is_allowed(step)) continue;
    if (bytes == "&") {
      text += "&amp;";
    } else if (bytes == "<") {
      text += "&lt;";
    } else if (bytes == ">") {
      text += "&gt;";
    } else if (bytes == "\"") {
      text += "&quot;";
    } else if (in_attribute && (bytes == "\n" || bytes == "\t")) {
      text += bytes == "\n" ? "&#10;" : "&#9;";
    } else {
      text += bytes;
    }
  }
  return text;
}

}  // namespace

std::string xml_text(std::string_view raw) {
  return escaped(raw, false);
}

std::string xml_attributes(const std::vector<std::pair<std::string_view, std::string>>& attributes) {
  std::string text;
  for (const auto& [name, value] : attributes) {
    text += " " + std::string(name) + "=\"" + escaped(value, true) + "\"";
  }
  return text;
}

}  // namespace heapjudge
