// Escapes what a terminal or a reader would stumble over.
#include "reports/printable.h"

#include <fmt/format.h>

namespace heapjudge {
namespace {

constexpr std::size_t kTab = 4;

std::size_t length_by_lead(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}

bool is_scalar_value(char32_t c, std::size_t bytes) {
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};  // by length: anything lower is overlong
  return c >= kLeast[bytes] && c <= 0x10ffff && !(c >= 0xd800 && c < 0xe000);
}

bool is_harmful(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
  const bool line_break = c == 0x2028 || c == 0x2029;
  const bool direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e ||
                         c == 0x200f || c == 0x61c || c == 0xfeff;
  return control || line_break || direction;
}

std::string escaped(char32_t c) {
  if (c == U'\n') return "\\n";
  if (c == U'\t') return "\\t";
  if (c == U'\r') return "\\r";
  return c < 0x80 ? fmt::format("\\x{:02x}", static_cast<unsigned>(c))
                  : fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c));
}

}  // namespace

Utf8Step next_code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = length_by_lead(lead);
  if (bytes == 1) return {.code_point = lead, .bytes = 1, .valid = true};
  if (bytes == 0 || bytes > text.size()) return {.code_point = lead, .bytes = 1, .valid = false};
  auto c = static_cast<char32_t>(lead & (0x7fu >> bytes));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0u) != 0x80u) return {.code_point = lead, .bytes = 1, .valid = false};
    c = c << 6 | (byte & 0x3fu);
  }
  if (!is_scalar_value(c, bytes)) return {.code_point = lead, .bytes = 1, .valid = false};
  return {.code_point = c, .bytes = bytes, .valid = true};
}

std::string printable(std::string_view raw, bool unicode) {
  std::string text;
  while (!raw.empty()) {
    const Utf8Step step = next_code_point(raw);
    if (!step.valid) {
      text += fmt::format("\\x{:02x}", static_cast<unsigned>(step.code_point));
    } else if (is_harmful(step.code_point) || (!unicode && step.code_point >= 0x80)) {
      text += escaped(step.code_point);
    } else {
      text += raw.substr(0, step.bytes);
    }
    raw.remove_prefix(step.bytes);
  }
  return text;
}

std::string printable_source(std::string_view raw, bool unicode) {
  while (!raw.empty() && (raw.back() == '\r' || raw.back() == '\n')) raw.remove_suffix(1);
  std::string spaced;
  for (const char c : raw) {
    if (c == '\t') {
      spaced.append(kTab - spaced.size() % kTab, ' ');
    } else {
      spaced += c;
    }
  }
  return printable(spaced, unicode);
}

}  // namespace heapjudge
