// Text of others inside Markdown, so that it stays text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace heapjudge {

// A single printable line: no markup, HTML, link, mention or end of a table's cell.
std::string markdown_text(std::string_view raw);

// "| a | b |"; the cells are Markdown already.
std::string markdown_row(const std::vector<std::string>& cells);

// A block of literal lines. Its fence is longer than any that stands in `text`.
std::string markdown_block(std::string_view text);

}  // namespace heapjudge
