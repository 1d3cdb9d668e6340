// The command line as plain data; one table makes the parser and --help.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "cli/trace_options.h"
#include "submission/build.h"

namespace heapjudge {

enum class ColourRule : std::uint8_t { kAuto, kAlways, kNever };

struct GradeOptions {
  std::vector<std::filesystem::path> submission;
  std::vector<std::string> traces;  // -f: files, or names of the rubric
  std::optional<std::filesystem::path> trace_dir;
  std::string expression;  // -k; empty selects everything
  std::optional<std::filesystem::path> rubric;
  std::optional<double> timeout_seconds;
  std::optional<std::uint32_t> alignment_bytes;
  std::optional<Abi> abi;
  std::optional<double> min_score_points;
  std::optional<std::filesystem::path> output;
  Format format = Format::kText;
  ColourRule colour = ColourRule::kAuto;
  unsigned workers = 0;  // 0: one for each processor
  bool stop_at_first = false;
  bool refuse_growth = false;
  bool require_isolation = false;
  bool verbose = false;
  bool each_trace_once = false;  // mdriver -c: no second run and no other fill
};

struct ExplainOptions {
  std::string code;  // empty: all of them
};

// --help and --version: what to print before ending with status 0.
struct PrintText {
  std::string text;
};

using Options = std::variant<GradeOptions, ExplainOptions, TraceOptions, PrintText>;

// `arguments` without the program's name. Throws InputError with one line for what cannot be understood.
Options parse_options(std::span<const std::string> arguments);

}  // namespace heapjudge
