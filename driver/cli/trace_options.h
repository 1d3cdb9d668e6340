// The options of `heapjudge trace`, as plain data: one table makes the parser and --help.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "trace/cut.h"
#include "trace/trace.h"

namespace heapjudge {

enum class Format : std::uint8_t { kText, kJson };

struct TraceGenOptions {
  std::vector<std::filesystem::path> specs;  // empty with `hidden`: all of traces/specs that are meant for it
  std::optional<std::uint64_t> seed;
  std::optional<std::uint64_t> hidden;          // a course's seed
  std::vector<std::string> changes;             // --set
  std::optional<std::filesystem::path> output;  // a file; a folder with `hidden`
};

struct TraceInfoOptions {
  std::filesystem::path trace;
  std::uint64_t heap_limit_bytes = 0;
  Format format = Format::kText;
};

struct TraceCheckOptions {
  std::vector<std::filesystem::path> traces;
  std::uint64_t heap_limit_bytes = 0;
  Format format = Format::kText;
};

struct TraceConvertOptions {
  std::filesystem::path trace;
  std::optional<std::filesystem::path> output;
  std::optional<Dialect> dialect;
};

struct TraceCutOptions {
  std::filesystem::path trace;
  std::optional<std::filesystem::path> output;
  std::size_t first = 1;
  std::size_t last = SIZE_MAX;
  BlocksBefore before = BlocksBefore::kAllocate;
};

struct TraceDiffOptions {
  std::filesystem::path left;
  std::filesystem::path right;
  Format format = Format::kText;
};

struct TraceOptions {
  std::variant<TraceGenOptions, TraceInfoOptions, TraceCheckOptions, TraceConvertOptions, TraceCutOptions,
               TraceDiffOptions>
      command;
};

struct OptionRow {
  std::string_view name;   // "-o", "--seed"; a bare word is an argument
  std::string_view value;  // as --help shows it; empty: a flag
  std::string_view text;
  bool required = false;
  bool repeats = false;
};

struct CommandRow {
  std::string_view name;
  std::string_view text;
  std::span<const OptionRow> options;
};

// The subcommands of `heapjudge trace`.
std::span<const CommandRow> trace_commands();

// What was given for each option of the table, by name; absent ones are not in it.
using GivenOptions = std::map<std::string_view, std::vector<std::string>>;

// Throws InputError with one line for a value that does not fit.
TraceOptions read_trace_options(std::string_view command, const GivenOptions& given);

}  // namespace heapjudge
