// Grades one submission as the program would, in a scratch folder of its own. For tests of whole gradings.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judge/session.h"
#include "tests/temporary_folder.h"

namespace heapjudge {

struct GradingSettings {
  std::uint64_t heap_limit_bytes = 100u << 20;
  double request_seconds = 2;
  double trace_seconds = 60;
  bool refuse_growth = false;
  bool own_checks = false;
  bool measure = false;
  Abi abi = Abi::kLp64;
  std::uint32_t alignment = 0;  // 0: that of the ABI
  HeapBase heap_base = HeapBase::kHigh;
  std::optional<BlockLayout> layout = {};
  const char* definition = nullptr;  // for the preprocessor, beside DRIVER
};

// Sources and traces are named as they lie below the source folder. All tiers decide; 60 points hang on the
// utilization of P0. Throws std::runtime_error with the compiler's lines when the submission does not build.
GradeSheet grade_submission(const std::filesystem::path& submission, const std::vector<std::string>& traces,
                            const GradingSettings& settings = {});

// What a row says about its trace: "passed", or "E103 at 6: mm_malloc(112) returned memory ...".
std::string verdict_of(const TraceRow& row);

// "E103 at 6: mm_malloc(112) returned ...", for a finding or one made up by hand.
std::string verdict_text(Fault fault, std::size_t request, std::string_view message);

}  // namespace heapjudge
