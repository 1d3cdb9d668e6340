// Escapes as GitHub's dialect of CommonMark has them: a backslash before punctuation makes it literal
// (https://github.github.com/gfm/, 6.1 and 4.10; 4.5 has the fences).
#include "reports/markdown_text.h"

#include <algorithm>

#include "reports/printable.h"

namespace heapjudge {
namespace {

// Those that begin something within a line. A colon and a www. would make links of what looks like one.
constexpr std::string_view kMarkup = "\\`*_[]<>|~&@#$:";

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string markdown_text(std::string_view raw) {
  std::string text;
  for (const char c : printable(raw)) {
    const bool ends_www = c == '.' && text.size() >= 3 && text.ends_with("www");
    if (ends_www || kMarkup.find(c) != kMarkup.npos) text += '\\';
    text += c;
  }
  return text;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) row += " " + cell + " |";
  return row + "\n";
}

std::string markdown_block(std::string_view text) {
  const std::string fence(std::max<std::size_t>(3, longest_run(text, '`') + 1), '`');
  std::string block = fence + "text\n" + std::string(text);
  if (!block.ends_with('\n')) block += '\n';
  return block + fence + "\n";
}

}  // namespace heapjudge
