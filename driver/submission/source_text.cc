// Line by line, without a preprocessor: good enough to choose files, never to convict.
#include "submission/source_text.h"

#include <cctype>

namespace heapjudge {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

template <typename Visit>
void for_each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    visit(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

std::string_view included_name(std::string_view line) {
  line = trim(line);
  if (!line.starts_with('#')) return {};
  line = trim(line.substr(1));
  if (!line.starts_with("include")) return {};
  line = trim(line.substr(7));
  if (!line.starts_with('"')) return {};
  line.remove_prefix(1);
  line = line.substr(0, line.find('"'));
  const std::size_t slash = line.rfind('/');
  return slash == std::string_view::npos ? line : line.substr(slash + 1);
}

// The name before the first parenthesis of a line that could open a definition: "main" of "int main(void) {".
std::string_view defined_name(std::string_view line) {
  if (line.empty() || !is_word(line.front()) || trim(line).ends_with(';')) return {};
  const std::size_t parenthesis = line.find('(');
  if (parenthesis == std::string_view::npos) return {};
  const std::string_view head = trim(line.substr(0, parenthesis));
  std::size_t start = head.size();
  while (start > 0 && is_word(head[start - 1])) --start;
  return head.substr(start);
}

}  // namespace

std::vector<std::string> included_sources(std::string_view text) {
  std::vector<std::string> names;
  for_each_line(text, [&](std::string_view line) {
    const std::string_view name = included_name(line);
    if (name.ends_with(".c") || name.ends_with(".cc") || name.ends_with(".cpp")) names.emplace_back(name);
  });
  return names;
}

bool only_drives_an_allocator(std::string_view text) {
  bool has_main = false;
  bool has_malloc = false;
  for_each_line(text, [&](std::string_view line) {
    const std::string_view name = defined_name(line);
    has_main = has_main || name == "main";
    has_malloc = has_malloc || name.ends_with("malloc");
  });
  const bool speaks_of_one =
      text.find("mm_init") != std::string_view::npos || text.find("mm_malloc") != std::string_view::npos;
  return has_main && !has_malloc && speaks_of_one;
}

}  // namespace heapjudge
