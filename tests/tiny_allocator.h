// Builds an allocator from a text, for tests that need a real one in a real process.
#pragma once

#include <filesystem>
#include <string>

#include "subject/child_subject.h"
#include "submission/build.h"
#include "tests/temporary_folder.h"

namespace heapjudge {

// The C text `source`, preceded by the usual includes, a bump allocator `place(n)` without reuse, and whatever of
// mm_init, mm_malloc, mm_free and mm_realloc the text does not define itself. Throws std::runtime_error with the
// compiler's lines when it does not build.
class TinyAllocator {
 public:
  explicit TinyAllocator(const std::string& source, Abi abi = Abi::kLp64);

  // For launch(): deadlines short enough for a test of a hang.
  LaunchSettings launch_settings() const;

 private:
  TemporaryFolder folder_;
  Abi abi_;
  std::filesystem::path library_;
};

}  // namespace heapjudge
