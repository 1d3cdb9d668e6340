// Bytes into the reader of mtrace logs: it never crashes, and what it accepts is a trace that prints and
// reads back.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "check.h"
#include "trace/input_error.h"
#include "trace/mtrace_format.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

void read(std::string_view bytes, const TranscriptOptions& options) {
  try {
    const Trace trace = parse_mtrace("fuzz.mtrace", bytes, options);
    ensure(parse_trace("fuzz.rep", print_trace(trace)) == trace, "an imported trace does not read back");
  } catch (const InputError& error) {
    ensure(std::string_view(error.what()).starts_with("fuzz.mtrace:"), "an error without its place");
  }
}

}  // namespace
}  // namespace heapjudge

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  heapjudge::read(bytes, {});
  const std::string log = "= Start\n" + std::string(bytes) + "\n";
  heapjudge::read(log, {});
  heapjudge::read(log, {.first_request = 2, .last_request = 9, .sample = 2, .balanced = true, .sane = true});
  return 0;
}
