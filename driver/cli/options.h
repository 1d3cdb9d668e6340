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
#include "trace/transcript.h"

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
  bool without_speed = false;
  bool verbose = false;
  bool each_trace_once = false;  // mdriver -c: no second run and no other fill
};

struct ExplainOptions {
  std::string code;  // empty: all of them
};

enum class BenchFormat : std::uint8_t { kText, kJson, kCsv, kMarkdown };

struct BenchOptions {
  GradeOptions common;  // what `grade` understands too; each word of its submission is an allocator of its own
  std::vector<std::string> references;
  BenchFormat format = BenchFormat::kText;
};

struct DoctorOptions {
  Format format = Format::kText;
};

struct TraceRecordOptions {
  std::vector<std::string> command;  // the program and its arguments
  std::filesystem::path output;      // .rep or .rep.zst
  TranscriptOptions transcript;
  std::vector<std::string> notes;  // for the head of the file
  bool children = false;           // record them too, each to a file of its own
};

// --help and --version: what to print before ending with status 0.
struct PrintText {
  std::string text;
};

using Options =
    std::variant<GradeOptions, BenchOptions, ExplainOptions, DoctorOptions, TraceOptions, TraceRecordOptions, PrintText>;

// `arguments` without the program's name. Throws InputError with one line for what cannot be understood.
Options parse_options(std::span<const std::string> arguments);

}  // namespace heapjudge
