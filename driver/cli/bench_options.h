// The options of `heapjudge bench`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/grade_options.h"

namespace heapjudge {

enum class BenchFormat : std::uint8_t { kText, kJson, kCsv, kMarkdown };

struct BenchOptions {
  GradeOptions
      common;  // what `grade` understands too; each word of its submission is an allocator of its own
  std::vector<std::string> references;
  BenchFormat format = BenchFormat::kText;
};

CommandRow bench_row();
BenchOptions read_bench_options(const Given& given);

}  // namespace heapjudge
