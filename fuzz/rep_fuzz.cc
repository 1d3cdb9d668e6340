// Bytes into the .rep reader: it never crashes, and what it accepts prints and reads back equal.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "check.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

Trace checked_again(const Trace& trace) {
  return Trace(trace.name(), trace.header(), trace.block_count(),
               {trace.requests().begin(), trace.requests().end()});
}

void read(std::string_view bytes) {
  try {
    const Trace trace = parse_trace("fuzz.rep", bytes);
    ensure(parse_trace("fuzz.rep", print_trace(trace)) == trace,
           "a trace does not read back as it was printed");
    ensure(checked_again(trace) == trace, "the reader and the constructor disagree");
  } catch (const InputError& error) {
    ensure(std::string_view(error.what()).starts_with("fuzz.rep:"), "an error without its place");
  }
}

// A header that fits, so that the fuzzer need not guess the number of requests.
std::string with_header(std::string_view lines) {
  std::size_t requests = 0;
  char before = '\n';
  for (const char c : lines) {
    if (before == '\n' && c >= 'a' && c <= 'z') ++requests;
    before = c;
  }
  std::string text = "20000\n12\n" + std::to_string(requests) + "\n1\n";
  return text.append(lines);
}

}  // namespace
}  // namespace heapjudge

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  heapjudge::read(bytes);
  heapjudge::read(heapjudge::with_header(bytes));
  return 0;
}
