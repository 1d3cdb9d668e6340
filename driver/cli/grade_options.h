// The options of `heapjudge grade`, and those of them that other commands understand too.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/option_table.h"
#include "cli/output_format.h"
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
  std::vector<AlsoWritten> also;
  std::optional<std::filesystem::path> html;
  Format format = Format::kText;
  ColourRule colour = ColourRule::kAuto;
  std::optional<std::string> save_as;       // the name of a run
  std::optional<std::string> compare_with;  // likewise
  unsigned workers = 0;                     // 0: one for each processor
  bool stop_at_first = false;
  bool last_failed_only = false;
  bool last_failed_first = false;
  bool watch = false;
  bool refuse_growth = false;
  bool require_isolation = false;
  bool without_speed = false;
  bool without_fuzz = false;
  bool verbose = false;
  bool each_trace_once = false;  // mdriver -c: no second run and no other fill
};

CommandRow grade_row();
GradeOptions read_grade_options(const Given& given);

// What a command with an argument "submission", kTermRows and kRunRows was given for these.
GradeOptions read_terms(const Given& given);

// What a command with an argument "submission", kTraceRows, kTermRows and kRunRows was given for these.
GradeOptions read_grading_terms(const Given& given);

}  // namespace heapjudge
