// The options of the subcommands of `heapjudge trace`, but for those of `record`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/option_table.h"
#include "cli/output_format.h"
#include "trace/cut.h"
#include "trace/trace.h"

namespace heapjudge {

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

CommandRow trace_gen_row();
CommandRow trace_info_row();
CommandRow trace_check_row();
CommandRow trace_convert_row();
CommandRow trace_cut_row();
CommandRow trace_diff_row();
TraceOptions read_trace_gen_options(const Given& given);
TraceOptions read_trace_info_options(const Given& given);
TraceOptions read_trace_check_options(const Given& given);
TraceOptions read_trace_convert_options(const Given& given);
TraceOptions read_trace_cut_options(const Given& given);
TraceOptions read_trace_diff_options(const Given& given);

// Requests of a trace, counted from 1, both included.
struct RequestWindow {
  std::uint64_t first = 1;
  std::uint64_t last = UINT64_MAX;
};

// "A:B", either left out, as the value of this option. Throws InputError.
RequestWindow read_window(std::string_view option, const std::string& text);

}  // namespace heapjudge
