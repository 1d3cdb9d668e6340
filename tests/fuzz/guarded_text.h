// Allocators made from a text and loaded behind the guard, for the tests of fuzzing.
#pragma once

#include <memory>
#include <string>

#include "fuzz/guarded_build.h"
#include "fuzz/guarded_subject.h"
#include "judge/replay.h"
#include "tests/temporary_folder.h"

namespace heapjudge {

// The C text, after the usual includes; it must define what it is called for.
class GuardedText {
 public:
  explicit GuardedText(const std::string& source, std::uint64_t heap_limit_bytes = kHeapLimit);

  GuardedSubject& subject() { return *subject_; }
  const GuardedBuild& build() const { return build_; }

  ReplayResult run(const Trace& trace, const ReplaySettings& settings = {}) {
    return replay(*subject_, trace, {.heap_limit_bytes = kHeapLimit}, settings);
  }

  // "mm.c:12 in mm_free", of the innermost frame of the last escape; empty when there was none.
  std::string place_of_escape() const;

  // Every line of the text is so many lines further down in the file.
  static constexpr std::size_t kLinesBefore = 6;
  static constexpr std::uint64_t kHeapLimit = 4u << 20;

 private:
  TemporaryFolder folder_;
  GuardedBuild build_;
  std::unique_ptr<GuardedSubject> subject_;
};

}  // namespace heapjudge
