// Witnesses: traces short enough to stand on a line.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "fuzz/zoo/zoo.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

struct IdRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t step = 1;
};

bool read_number(std::string_view& text, std::uint32_t& into) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool read_after(std::string_view& text, std::string_view mark, std::uint32_t& into) {
  if (!text.starts_with(mark)) return true;
  text.remove_prefix(mark.size());
  return read_number(text, into);
}

// "7", "0..9" or "0..9/2"; none for a word that is no such range, "-1" for one.
std::optional<IdRange> id_range(std::string_view word) {
  IdRange range;
  if (!read_number(word, range.first)) return std::nullopt;
  range.last = range.first;
  if (!read_after(word, "..", range.last) || !read_after(word, "/", range.step)) return std::nullopt;
  if (!word.empty() || range.step == 0 || range.last < range.first) return std::nullopt;
  return range;
}

// Requests in the text of a trace, and how many ids they name.
struct Lines {
  std::string text;
  std::size_t requests = 0;
  std::uint32_t ids = 0;

  void add(const std::string& line) {
    text += line + "\n";
    ++requests;
  }
};

void add_request(std::istringstream words, Lines& lines) {
  std::string verb, id, rest;
  words >> verb >> id;
  std::getline(words, rest);
  const std::optional<IdRange> range = verb == "s" ? std::nullopt : id_range(id);
  if (!range) return lines.add(fmt::format("{} {}{}", verb, id, rest));
  for (std::uint64_t i = range->first; i <= range->last; i += range->step) {
    lines.add(fmt::format("{} {}{}", verb, i, rest));
  }
  lines.ids = std::max(lines.ids, range->last + 1);
}

}  // namespace

Trace parse_witness(const std::string& name, std::string_view text) {
  Lines lines;
  std::istringstream requests{std::string(text)};
  for (std::string request; std::getline(requests, request, ';');)
    add_request(std::istringstream(request), lines);
  const std::string header = fmt::format("1048576\n{}\n{}\n1\n", std::max(lines.ids, 1u), lines.requests);
  return parse_trace(name, header + lines.text);
}

}  // namespace heapjudge
