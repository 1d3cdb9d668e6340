#include "fuzz/campaign/requests_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "trace/rep_format.h"

namespace heapjudge {
namespace {

constexpr int kHeaderLines = 4;

}  // namespace

std::string requests_text(const Trace& trace) {
  std::string text = print_trace(trace);
  for (int line = 0; line < kHeaderLines; ++line) text.erase(0, text.find('\n') + 1);
  return text;
}

Trace trace_of_requests(const std::string& name, std::string_view requests) {
  std::istringstream lines{std::string(requests)};
  std::size_t count = 0;
  std::uint64_t ids = 1;
  for (std::string line; std::getline(lines, line); ++count) {
    std::istringstream words(line);
    std::string verb;
    std::int64_t id = 0;
    if (words >> verb >> id && verb != "s") ids = std::max(ids, static_cast<std::uint64_t>(id + 1));
  }
  return parse_trace(name, fmt::format("1048576\n{}\n{}\n1\n", ids, count) + std::string(requests));
}

}  // namespace heapjudge
