// The .rep printer.
#include <array>
#include <charconv>
#include <cstdint>

#include "trace/rep_format.h"

namespace heapjudge {
namespace {

constexpr std::size_t kUsualLine = 16;  // bytes, rounded up

void append(std::string& text, std::uint64_t number) {
  std::array<char, 20> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  text.append(digits.data(), end);
}

void append_line(std::string& text, std::uint64_t number) {
  append(text, number);
  text += '\n';
}

void append_request(std::string& text, const Request& request) {
  const auto word = [&text](std::uint64_t number) {
    text += ' ';
    append(text, number);
  };
  switch (request.op) {
    case Op::kMalloc:
      text += 'a';
      word(request.block);
      word(request.size);
      break;
    case Op::kFree:
      text += 'f';
      if (request.block == kNoBlock) {
        text += " -1";
      } else {
        word(request.block);
      }
      break;
    case Op::kRealloc:
      text += 'r';
      word(request.block);
      word(request.size);
      break;
    case Op::kCalloc:
      text += 'c';
      word(request.block);
      word(request.count);
      word(request.size);
      break;
    case Op::kAligned:
      text += 'm';
      word(request.block);
      word(std::uint64_t{1} << request.alignment_log2);
      word(request.size);
      break;
    case Op::kInit:
      text += 'i';
      break;
    case Op::kRefuse:
      text += 's';
      word(request.size);
      break;
  }
  text += '\n';
}

}  // namespace

std::string print_trace(const Trace& trace) {
  std::string text;
  text.reserve((trace.requests().size() + 4) * kUsualLine);
  const TraceHeader& header = trace.header();
  const bool classic = header.dialect == Dialect::kClassic;
  append_line(text, classic ? header.heap_bytes : header.weight);
  append_line(text, trace.block_count());
  append_line(text, trace.requests().size());
  append_line(text, classic ? header.weight : header.heap_bytes);
  for (const Request& request : trace.requests()) append_request(text, request);
  return text;
}

}  // namespace heapjudge
