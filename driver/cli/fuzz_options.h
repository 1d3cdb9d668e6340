// The options of `heapjudge fuzz`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "cli/grade_options.h"
#include "trace/tier.h"

namespace heapjudge {

struct FuzzOptions {
  GradeOptions common;              // the submission, and what builds and judges it
  std::optional<double> seconds;    // --time; without it and --runs, a minute
  std::uint64_t seed = 1;
  std::uint64_t inputs = 0;         // --runs; 0: no end
  std::size_t stop_after = 0;       // findings; 0: never
  Tier highest_tier = Tier::kP3;
  std::optional<std::filesystem::path> corpus;
  std::optional<double> times_the_heap;  // more than so many times the reference's is told; none: not looked for
  bool emit_c = false;
};

CommandRow fuzz_row();
FuzzOptions read_fuzz_options(const Given& given);

}  // namespace heapjudge
