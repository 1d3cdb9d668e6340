// The options of `heapjudge debug`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/grade_options.h"
#include "wire/heap_range.h"

namespace heapjudge {

struct DebugOptions {
  GradeOptions common;  // what `grade` understands too; one trace
  std::optional<std::uint64_t> request;  // --at
  bool first_failure = false;
  std::optional<HeapRange> watch;
  bool print_only = false;
  bool unoptimized = false;
  std::vector<std::string> gdb_words;  // handed on to gdb
};

CommandRow debug_row();
DebugOptions read_debug_options(const Given& given);

}  // namespace heapjudge
