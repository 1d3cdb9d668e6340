// The rows of `debug`, and what they mean.
#include "cli/debug_options.h"

#include <array>
#include <charconv>

#include "cli/shared_rows.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

constexpr std::string_view kWhere = "Where to stop";
constexpr std::uint64_t kWord = 8;
constexpr std::uint64_t kMostWatched = 32;  // four watchpoints of 8 bytes are all that a processor has

constexpr std::array kSubmission{OptionRow{.name = "submission",
                                           .value = "FILE",
                                           .text = "the allocator: files, or a folder",
                                           .required = true,
                                           .repeats = true,
                                           .expects = kAFile},
                                 OptionRow{.name = "-f",
                                           .value = "TRACE",
                                           .text = "the trace: a file, or a name of the rubric",
                                           .required = true,
                                           .expects = kAFile}};

constexpr std::array kStops{
    OptionRow{.name = "--at",
              .value = "N",
              .text = "on entry to request N; 0 is mm_init (default: 1)",
              .expects = {Kind::kWhole, 0, 4e9},
              .group = kWhere},
    OptionRow{.name = "--first-failure",
              .value = "",
              .text = "on entry to the request that breaks a rule, found by judging the trace first; with a watchpoint on "
                      "the bytes that were damaged",
              .group = kWhere},
    OptionRow{.name = "--check",
              .value = "",
              .text = "with --first-failure: refuse growths of the heap and call its own checker as well, as grade does",
              .group = kWhere},
    OptionRow{.name = "--watch",
              .value = "+OFF[:LEN]",
              .text = "and then at each store of yours to LEN bytes (default: 8) at this offset of the heap",
              .group = kWhere}};

constexpr std::array kHow{
    OptionRow{.name = "--O0", .value = "", .text = "build for stepping, with -O0; what fails may then be something else"},
    OptionRow{.name = "--print-only", .value = "", .text = "print the command line of gdb and its script; start nothing"},
    OptionRow{.name = "--gdb",
              .value = "WORD",
              .text = "hand this word on to gdb, as in --gdb=-batch; may be repeated",
              .repeats = true}};

std::uint64_t number_in(const std::string& text, const std::string& whole) {
  const bool hex = text.starts_with("0x");
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + (hex ? 2 : 0), end, value, hex ? 16 : 10);
  if (error != std::errc() || rest != end) refuse_value("--watch", "+OFF or +OFF:LEN, as in +0x100:8", whole);
  return value;
}

HeapRange watch_of(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (!text.starts_with('+')) refuse_value("--watch", "+OFF or +OFF:LEN, as in +0x100:8", text);
  const HeapRange range{number_in(text.substr(1, colon == text.npos ? text.npos : colon - 1), text),
                        colon == text.npos ? kWord : number_in(text.substr(colon + 1), text)};
  if (range.bytes == 0 || range.bytes > kMostWatched) refuse_value("--watch", "a length from 1 to 32", text);
  return range;
}

}  // namespace

CommandRow debug_row() {
  return {.name = "debug",
          .text = "stop in gdb exactly at a request of a trace",
          .options = joined({kSubmission, kStops, kHow, kTermRows}),
          .footer = "In gdb: mheap, mblock N, mshadow [+OFF], mnext [COUNT]. The allocator runs without its sandbox there."};
}

DebugOptions read_debug_options(const Given& given) {
  DebugOptions options;
  options.common.submission = given.paths("submission");
  options.common.traces = given.texts("-f");
  options.common.rubric = given.path("--rubric");
  options.common.timeout_seconds = given.number("--timeout");
  if (const auto bytes = given.whole("--align")) options.common.alignment_bytes = static_cast<std::uint32_t>(*bytes);
  if (const auto abi = given.text("--abi")) options.common.abi = *abi == "ilp32" ? Abi::kIlp32 : Abi::kLp64;
  options.common.refuse_growth = given.has("--check");
  options.request = given.whole("--at");
  options.first_failure = given.has("--first-failure");
  if (options.first_failure && options.request) throw InputError("--at and --first-failure: one of them says where to stop");
  if (const auto watch = given.text("--watch")) options.watch = watch_of(*watch);
  options.print_only = given.has("--print-only");
  options.unoptimized = given.has("--O0");
  options.gdb_words = given.texts("--gdb");
  return options;
}

}  // namespace heapjudge
