// Traces as lines with ";" in the place of their ends: "a 0 24;f 0;".
#pragma once

#include <algorithm>
#include <string>

#include "trace/rep_format.h"

namespace heapjudge {

inline std::string lines_of(const Trace& trace) {
  const std::string text = print_trace(trace);
  std::size_t line = 0;
  for (int i = 0; i < 4; ++i) line = text.find('\n', line) + 1;
  std::string rest = text.substr(line);
  std::ranges::replace(rest, '\n', ';');
  return rest;
}

inline Trace trace_from(const std::string& lines) {
  const auto requests = std::ranges::count(lines, ';');
  std::string text = "20000\n100\n" + std::to_string(requests) + "\n1\n" + lines;
  std::ranges::replace(text, ';', '\n');
  return parse_trace("lines.rep", text);
}

}  // namespace heapjudge
