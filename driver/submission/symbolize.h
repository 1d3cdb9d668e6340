// Program counters of a submission to source lines.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "subject/ending.h"

namespace heapjudge {

struct SourceFrame {
  std::string function;
  std::string file;      // as the compiler was given it
  std::size_t line = 0;    // 0: unknown
  std::size_t column = 0;  // likewise

  friend bool operator==(const SourceFrame&, const SourceFrame&) = default;
};

// Inlined calls become frames of their own, innermost first.
std::vector<SourceFrame> symbolize(const std::filesystem::path& library, const Backtrace& backtrace);

}  // namespace heapjudge
