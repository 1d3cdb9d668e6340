#include "fuzz/emit_c.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

#include "fuzz/emit_c_text.h"

namespace heapjudge {
namespace {

using namespace emitted;

// The names of the functions, for fmt.
struct Names {
  std::string prefix, aligned, init_has_failed;
};

void append_formatted(std::string& text, std::string_view part, const Names& names) {
  fmt::format_to(std::back_inserter(text), fmt::runtime(part), fmt::arg("prefix", names.prefix),
                 fmt::arg("aligned", names.aligned), fmt::arg("init_has_failed", names.init_has_failed));
}

// Only those that the trace calls: a compiler warns of the others.
void append_functions(std::string& text, const Trace& trace, const Names& names) {
  constexpr std::array<std::pair<Op, std::string_view>, 7> kFunctions{{{Op::kRefuse, kRefuse},
                                                                       {Op::kMalloc, kMalloc},
                                                                       {Op::kFree, kFree},
                                                                       {Op::kRealloc, kRealloc},
                                                                       {Op::kCalloc, kCalloc},
                                                                       {Op::kAligned, kAligned},
                                                                       {Op::kInit, kInit}}};
  for (const auto& [op, function] : kFunctions) {
    if (std::ranges::find(trace.requests(), op, &Request::op) == trace.requests().end()) continue;
    append_formatted(text, function, names);
  }
}

std::string size_text(std::uint64_t size) {
  return size <= INT32_MAX ? fmt::to_string(size) : fmt::format("(size_t){}ull", size);
}

std::string call_of(const Request& request) {
  const std::string size = size_text(request.size);
  switch (request.op) {
    case Op::kMalloc:
      return fmt::format("a({}, {});", request.block, size);
    case Op::kFree:
      return request.block == kNoBlock ? "f(-1);" : fmt::format("f({});", request.block);
    case Op::kRealloc:
      return fmt::format("r({}, {});", request.block, size);
    case Op::kCalloc:
      return fmt::format("c({}, {}, {});", request.block, request.count, size);
    case Op::kAligned:
      return fmt::format("m({}, {}, {});", request.block,
                         size_text(std::uint64_t{1} << request.alignment_log2), size);
    case Op::kInit:
      return "again();";
    case Op::kRefuse:
      return fmt::format("s({});", std::min<std::uint64_t>(request.size, INT32_MAX));
  }
  return "";
}

void append_main(std::string& text, const Trace& trace) {
  text += "\nint main(void) {\n  mem_init();\n  start();\n";
  std::size_t number = 0;
  for (const Request& request : trace.requests()) {
    fmt::format_to(std::back_inserter(text), "  {:<24} /* {} */\n", call_of(request), ++number);
  }
  text += "  printf(\"all %d requests are well\\n\", request);\n  return 0;\n}\n";
}

// Nothing that could end a comment, or a line.
std::string harmless(std::string name) {
  const auto is_harmless = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  };
  for (char& c : name) {
    if (!is_harmless(c)) c = '_';
  }
  return name;
}

std::string head_comment(const Trace& trace) {
  const bool refuses =
      std::ranges::find(trace.requests(), Op::kRefuse, &Request::op) != trace.requests().end();
  return fmt::format(
      "/* {}, {} requests, as a program. Beside mm.c, mm.h, memlib.c and memlib.h:\n"
      "     gcc -g -o replay THIS.c mm.c memlib.c{} && ./replay\n"
      "   It says what goes wrong first; the lines of main are the requests, to stop at. */\n",
      harmless(trace.name()), trace.requests().size(), refuses ? " -Wl,--wrap=mem_sbrk" : "");
}

}  // namespace

std::string emit_c(const Trace& trace, const EmitSettings& settings) {
  const std::string call = settings.prefix + "init()";
  const Names names{settings.prefix, settings.aligned_function,
                    settings.init_returns_bool ? "!" + call : call + " == -1"};
  std::string text = head_comment(trace);
  text += kHead;
  fmt::format_to(std::back_inserter(text), "extern {} {}init(void);\n\n",
                 settings.init_returns_bool ? "bool" : "int", settings.prefix);
  fmt::format_to(std::back_inserter(text),
                 "#define BLOCKS {}\n#define ALIGNMENT_OF_BLOCKS {}\n#define HEAP_LIMIT {}\n",
                 std::max(trace.block_count(), 1u), settings.alignment, size_text(settings.heap_limit_bytes));
  text += kBooks;
  append_formatted(text, kStart, names);
  append_functions(text, trace, names);
  append_main(text, trace);
  return text;
}

}  // namespace heapjudge
