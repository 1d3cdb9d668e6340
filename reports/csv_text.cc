// A spreadsheet runs a cell that begins with = + - @, a tab or a carriage return, and a quote before it makes it text
// (https://owasp.org/www-community/attacks/CSV_Injection). printable() leaves no tab and no carriage return.
#include "reports/csv_text.h"

#include "reports/printable.h"

namespace heapjudge {

std::string csv_field(std::string_view raw) {
  std::string text = printable(raw);
  // Spreadsheets skip the spaces before a formula; the full-width signs are formulas in some languages.
  const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
  const std::string_view rest = std::string_view(text).substr(first);
  const bool full_width = rest.starts_with("\uff1d") || rest.starts_with("\uff0b") || rest.starts_with("\uff0d") ||
                          rest.starts_with("\uff20");
  if (full_width || (!rest.empty() && std::string_view("=+-@").find(rest.front()) != std::string_view::npos)) {
    text.insert(0, 1, '\'');
  }
  if (text.find_first_of(",\"") == text.npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

}  // namespace heapjudge
