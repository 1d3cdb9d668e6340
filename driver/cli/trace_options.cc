// The rows of `trace gen`, `info`, `check`, `convert`, `cut` and `diff`, and what they mean.
#include "cli/trace_options.h"

#include <array>
#include <charconv>
#include <string_view>
#include <system_error>

#include "cli/shared_rows.h"
#include "trace/input_error.h"
#include "yaml/quantity.h"

namespace heapjudge {
namespace {

constexpr std::string_view kDefaultHeapLimit = "100 MiB";  // of the default rubric

constexpr OptionRow kPackedOutput{
    .name = "-o",
    .value = "FILE",
    .text = "write it here, whole or not at all; packed when FILE ends in .gz or .zst",
    .expects = kAFile};
constexpr OptionRow kHeapLimit{.name = "--heap-limit",
                               .value = "SIZE",
                               .text = "requests for more are taken to be refused (default: 100 MiB)"};

constexpr OptionRow trace_file(std::string_view name, std::string_view text) {
  return {.name = name, .value = "FILE", .text = text, .required = true, .expects = kAFile};
}

constexpr std::array kGen{
    OptionRow{.name = "spec",
              .value = "FILE",
              .text = "what to make, in YAML; traces/specs has examples",
              .repeats = true,
              .expects = kAFile},
    OptionRow{.name = "--seed", .value = "N", .text = "in place of the spec's seed", .expects = kASeed},
    OptionRow{.name = "--set",
              .value = "KEY=VALUE",
              .text = "change the spec: --set phases.0.stream.requests=5000",
              .repeats = true},
    kPackedOutput,
    OptionRow{
        .name = "--hidden",
        .value = "SEED",
        .text =
            "a trace of every spec (default: those of Heapjudge), by seeds that follow from SEED; -o names "
            "a folder",
        .expects = kASeed}};
constexpr std::array kInfo{trace_file("trace", "the trace"), kHeapLimit, kTextOrJsonRow};
constexpr std::array kCheck{OptionRow{.name = "trace",
                                      .value = "FILE",
                                      .text = "the traces",
                                      .required = true,
                                      .repeats = true,
                                      .expects = kAFile},
                            kHeapLimit, kTextOrJsonRow};
constexpr std::array kConvert{trace_file("trace", "the trace, packed or not"),
                              OptionRow{.name = "--dialect",
                                        .value = "classic|weighted",
                                        .text = "layout of the header",
                                        .expects = kAChoice},
                              kPackedOutput};
constexpr std::array kCut{
    trace_file("trace", "the trace"),
    OptionRow{.name = "--window",
              .value = "A:B",
              .text = "requests A to B, counted from 1; either may be left out",
              .required = true},
    OptionRow{.name = "--before",
              .value = "allocate|drop",
              .text = "blocks that are live at A: allocate them first, or leave them out",
              .expects = kAChoice},
    kPackedOutput};
constexpr std::array kDiff{trace_file("left", "one trace"), trace_file("right", "the other"), kTextOrJsonRow};

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::uint64_t read_heap_limit(const Given& given) {
  const auto bytes = parse_bytes(given.text("--heap-limit").value_or(std::string(kDefaultHeapLimit)));
  if (const auto* problem = std::get_if<NotAQuantity>(&bytes))
    throw InputError("--heap-limit: " + problem->why);
  return std::get<std::uint64_t>(bytes);
}

}  // namespace

CommandRow trace_gen_row() {
  return {.name = "trace gen", .text = "make a trace from a spec and a seed", .options = joined({kGen})};
}

CommandRow trace_info_row() {
  return {.name = "trace info",
          .text = "sizes, lifetimes, and how well its heap could be used",
          .options = joined({kInfo})};
}

CommandRow trace_check_row() {
  return {.name = "trace check",
          .text = "everything that is wrong with a trace, and what looks odd",
          .options = joined({kCheck})};
}

CommandRow trace_convert_row() {
  return {
      .name = "trace convert",
      .text = "write a trace, or a log of glibc's mtrace(), anew: another header, packed, without comments",
      .options = joined({kConvert})};
}

CommandRow trace_cut_row() {
  return {.name = "trace cut",
          .text = "a window of a trace as a trace of its own, every block freed",
          .options = joined({kCut})};
}

CommandRow trace_diff_row() {
  return {.name = "trace diff",
          .text = "the first request in which two traces differ; ids are mere names",
          .options = joined({kDiff})};
}

TraceOptions read_trace_gen_options(const Given& given) {
  TraceGenOptions options{.specs = given.paths("spec"),
                          .seed = given.whole("--seed"),
                          .hidden = given.whole("--hidden"),
                          .changes = given.texts("--set"),
                          .output = given.path("-o")};
  if (options.hidden && !options.output) throw InputError("--hidden needs -o FOLDER");
  if (options.hidden && options.seed) throw InputError("--hidden SEED and --seed exclude each other");
  if (!options.hidden && options.specs.size() != 1)
    throw InputError("trace gen takes one spec, or --hidden SEED");
  return {options};
}

TraceOptions read_trace_info_options(const Given& given) {
  return {TraceInfoOptions{.trace = *given.path("trace"),
                           .heap_limit_bytes = read_heap_limit(given),
                           .format = read_format(given)}};
}

TraceOptions read_trace_check_options(const Given& given) {
  return {TraceCheckOptions{.traces = given.paths("trace"),
                            .heap_limit_bytes = read_heap_limit(given),
                            .format = read_format(given)}};
}

TraceOptions read_trace_convert_options(const Given& given) {
  TraceConvertOptions options{.trace = *given.path("trace"), .output = given.path("-o")};
  if (const auto word = given.text("--dialect")) {
    options.dialect = word == "classic" ? Dialect::kClassic : Dialect::kWeighted;
  }
  return {options};
}

TraceOptions read_trace_cut_options(const Given& given) {
  const RequestWindow window = read_window("--window", *given.text("--window"));
  const bool drop = given.text("--before") == "drop";
  return {TraceCutOptions{.trace = *given.path("trace"),
                          .output = given.path("-o"),
                          .first = window.first,
                          .last = window.last,
                          .before = drop ? BlocksBefore::kDrop : BlocksBefore::kAllocate}};
}

TraceOptions read_trace_diff_options(const Given& given) {
  return {TraceDiffOptions{
      .left = *given.path("left"), .right = *given.path("right"), .format = read_format(given)}};
}

RequestWindow read_window(std::string_view option, const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string first = text.substr(0, colon);
  const std::string last = colon == std::string::npos ? "" : text.substr(colon + 1);
  const RequestWindow whole;
  const auto from = first.empty() ? std::optional(whole.first) : whole_number(first);
  const auto to = last.empty() ? std::optional(whole.last) : whole_number(last);
  if (colon == std::string::npos || !from || !to || *from == 0 || *from > *to) {
    refuse_value(option, "two numbers of requests, A:B", text);
  }
  return {.first = *from, .last = *to};
}

}  // namespace heapjudge
