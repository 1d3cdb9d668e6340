// The options of `heapjudge trace shrink`.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "cli/grade_options.h"
#include "cli/option_table.h"

namespace heapjudge {

struct TraceShrinkOptions {
  GradeOptions common;  // submission, rubric, timeout, alignment, ABI, --check, colour, output
  std::filesystem::path trace;
  std::size_t most_tries = 2000;
  std::optional<std::filesystem::path> program;  // --emit-c
};

CommandRow trace_shrink_row();
TraceShrinkOptions read_trace_shrink_options(const Given& given);

}  // namespace heapjudge
