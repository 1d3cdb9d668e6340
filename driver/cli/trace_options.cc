// The table, and words into values.
#include "cli/trace_options.h"

#include <array>
#include <charconv>
#include <system_error>

#include "trace/input_error.h"
#include "yaml/quantity.h"

namespace heapjudge {
namespace {

constexpr std::string_view kDefaultHeapLimit = "100 MiB";  // of the default rubric

constexpr OptionRow kOutput{"-o", "FILE",
                            "write it here, whole or not at all; packed when FILE ends in .gz or .zst"};
constexpr OptionRow kFormat{"--format", "text|json", "of the result"};
constexpr OptionRow kHeapLimit{"--heap-limit", "SIZE",
                               "requests for more are taken to be refused (default: 100 MiB)"};

constexpr std::array kGen{
    OptionRow{"spec", "FILE", "what to make, in YAML; traces/specs has examples", false, true},
    OptionRow{"--seed", "N", "in place of the spec's seed"},
    OptionRow{"--set", "KEY=VALUE", "change the spec: --set phases.0.stream.requests=5000", false, true},
    OptionRow{"-o", "FILE", "write it here, whole or not at all; packed when FILE ends in .gz or .zst"},
    OptionRow{"--hidden", "SEED",
              "a trace of every spec (default: those of Heapjudge), by seeds that follow from SEED; -o names "
              "a folder"}};
constexpr std::array kInfo{OptionRow{"trace", "FILE", "the trace", true}, kHeapLimit, kFormat};
constexpr std::array kCheck{OptionRow{"trace", "FILE", "the traces", true, true}, kHeapLimit, kFormat};
constexpr std::array kConvert{OptionRow{"trace", "FILE", "the trace, packed or not", true},
                              OptionRow{"--dialect", "classic|weighted", "layout of the header"}, kOutput};
constexpr std::array kCut{
    OptionRow{"trace", "FILE", "the trace", true},
    OptionRow{"--window", "A:B", "requests A to B, counted from 1; either may be left out", true},
    OptionRow{"--before", "allocate|drop",
              "blocks that are live at A: allocate them first, or leave them out"},
    kOutput};
constexpr std::array kDiff{OptionRow{"left", "FILE", "one trace", true},
                           OptionRow{"right", "FILE", "the other", true}, kFormat};

constexpr std::array kCommands{
    CommandRow{"gen", "make a trace from a spec and a seed", kGen},
    CommandRow{"info", "sizes, lifetimes, and how well its heap could be used", kInfo},
    CommandRow{"check", "everything that is wrong with a trace, and what looks odd", kCheck},
    CommandRow{"convert", "write a trace, or a log of glibc's mtrace(), anew: another header, packed, without comments", kConvert},
    CommandRow{"cut", "a window of a trace as a trace of its own, every block freed", kCut},
    CommandRow{"diff", "the first request in which two traces differ; ids are mere names", kDiff}};

const std::string* find(const GivenOptions& given, std::string_view name) {
  const auto values = given.find(name);
  return values == given.end() || values->second.empty() ? nullptr : &values->second.back();
}

[[noreturn]] void refuse(std::string_view name, std::string_view wanted, const std::string& text) {
  throw InputError(std::string(name) + ": expected " + std::string(wanted) + ", got '" + text + "'");
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> seed_of(const GivenOptions& given, std::string_view name) {
  const std::string* text = find(given, name);
  if (text == nullptr) return std::nullopt;
  const auto seed = whole_number(*text);
  if (!seed) refuse(name, "a number from 0 to 2^64 - 1", *text);
  return seed;
}

std::optional<std::filesystem::path> path_of(const GivenOptions& given, std::string_view name) {
  const std::string* text = find(given, name);
  return text == nullptr ? std::nullopt : std::optional<std::filesystem::path>(*text);
}

std::vector<std::filesystem::path> paths_of(const GivenOptions& given, std::string_view name) {
  const auto values = given.find(name);
  if (values == given.end()) return {};
  return {values->second.begin(), values->second.end()};
}

Format format_of(const GivenOptions& given) {
  const std::string* text = find(given, "--format");
  if (text == nullptr || *text == "text") return Format::kText;
  if (*text != "json") refuse("--format", "text|json", *text);
  return Format::kJson;
}

std::uint64_t heap_limit_of(const GivenOptions& given) {
  const std::string* text = find(given, "--heap-limit");
  const auto bytes = parse_bytes(text == nullptr ? kDefaultHeapLimit : *text);
  if (const auto* problem = std::get_if<NotAQuantity>(&bytes))
    throw InputError("--heap-limit: " + problem->why);
  return std::get<std::uint64_t>(bytes);
}

TraceGenOptions gen_options(const GivenOptions& given) {
  TraceGenOptions options{.specs = paths_of(given, "spec"),
                          .seed = seed_of(given, "--seed"),
                          .hidden = seed_of(given, "--hidden"),
                          .output = path_of(given, "-o")};
  if (const auto changes = given.find("--set"); changes != given.end()) options.changes = changes->second;
  if (options.hidden && !options.output) throw InputError("--hidden needs -o FOLDER");
  if (options.hidden && options.seed) throw InputError("--hidden SEED and --seed exclude each other");
  if (!options.hidden && options.specs.size() != 1)
    throw InputError("trace gen takes one spec, or --hidden SEED");
  return options;
}

TraceConvertOptions convert_options(const GivenOptions& given) {
  TraceConvertOptions options{.trace = *find(given, "trace"), .output = path_of(given, "-o")};
  if (const std::string* dialect = find(given, "--dialect")) {
    if (*dialect != "classic" && *dialect != "weighted") refuse("--dialect", "classic|weighted", *dialect);
    options.dialect = *dialect == "classic" ? Dialect::kClassic : Dialect::kWeighted;
  }
  return options;
}

TraceCutOptions cut_options(const GivenOptions& given) {
  TraceCutOptions options{.trace = *find(given, "trace"), .output = path_of(given, "-o")};
  const std::string& window = *find(given, "--window");
  const std::size_t colon = window.find(':');
  const std::string first = window.substr(0, colon);
  const std::string last = colon == std::string::npos ? "" : window.substr(colon + 1);
  const auto from = first.empty() ? std::optional<std::uint64_t>(1) : whole_number(first);
  const auto to = last.empty() ? std::optional<std::uint64_t>(SIZE_MAX) : whole_number(last);
  if (colon == std::string::npos || !from || !to || *from == 0 || *from > *to) {
    refuse("--window", "two numbers of requests, A:B", window);
  }
  options.first = *from;
  options.last = *to;
  if (const std::string* before = find(given, "--before")) {
    if (*before != "allocate" && *before != "drop") refuse("--before", "allocate|drop", *before);
    options.before = *before == "drop" ? BlocksBefore::kDrop : BlocksBefore::kAllocate;
  }
  return options;
}

}  // namespace

std::span<const CommandRow> trace_commands() {
  return kCommands;
}

TraceOptions read_trace_options(std::string_view command, const GivenOptions& given) {
  if (command == "gen") return {gen_options(given)};
  if (command == "convert") return {convert_options(given)};
  if (command == "cut") return {cut_options(given)};
  if (command == "diff") {
    return {TraceDiffOptions{
        .left = *find(given, "left"), .right = *find(given, "right"), .format = format_of(given)}};
  }
  if (command == "info") {
    return {TraceInfoOptions{.trace = *find(given, "trace"),
                             .heap_limit_bytes = heap_limit_of(given),
                             .format = format_of(given)}};
  }
  return {TraceCheckOptions{.traces = paths_of(given, "trace"),
                            .heap_limit_bytes = heap_limit_of(given),
                            .format = format_of(given)}};
}

}  // namespace heapjudge
