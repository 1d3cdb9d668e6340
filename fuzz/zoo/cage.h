// One allocator of the zoo, built and ready to be judged in a process of its own.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "judge/examine.h"

namespace heapjudge {

struct CageSettings {
  std::filesystem::path scratch_dir;  // exists; the cage makes a folder in it
  double request_seconds = 2;         // without a finished request before it counts as a hang
};

class Cage {
 public:
  // Compiles `source` as <name>.c. Throws std::runtime_error with the compiler's lines when it does not
  // build.
  Cage(const std::string& name, std::string_view source, const CageSettings& settings);

  // With the rules of a rubric that says nothing. May be called from several threads.
  Examination examine(const Trace& trace) const;

 private:
  SubjectFactory start_;
  ExamineSettings settings_;
};

}  // namespace heapjudge
