// What the compiled submission defines and uses, read from its symbols and debug information.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "oracle/fault.h"

namespace heapjudge {

enum class InitConvention : std::uint8_t {
  kZeroIsSuccess,  // int mm_init(void): -1 is failure, anything else is taken for success
  kTrueIsSuccess   // bool mm_init(void): only the low byte counts
};

struct InspectSettings {
  std::string prefix = "mm_";
  std::vector<std::string>
      required_functions;  // beside init, malloc and free, without the prefix: E503 when missing
  std::vector<std::string> forbidden_functions;  // E501 when the submission calls one of them
  std::uint64_t max_global_bytes = 0;            // E502 when its writable static data is larger
};

struct StaticFinding {
  Fault fault = Fault::kForbiddenFunction;  // E501, E502 or E503
  std::string subject;                      // the function or variable, or the total
  std::string message;                      // one sentence
};

// The function with which a submission looks its own heap over: mm_checkheap or the like.
struct OwnChecker {
  std::string function;          // empty: it has none that could be called
  std::size_t result_bytes = 0;  // of the number that tells what was found; 0: it returns nothing
  std::string not_called;        // why one that is there is not called: "mm_check takes a pointer"

  friend bool operator==(const OwnChecker&, const OwnChecker&) = default;
};

struct Inspection {
  bool has_realloc = false;
  bool has_calloc = false;
  OwnChecker checker;
  std::string aligned_function;  // mm_memalign or mm_aligned_alloc (alignment, size); empty: none
  InitConvention init = InitConvention::kZeroIsSuccess;
  std::uint64_t global_bytes = 0;  // writable static data of the submission itself
  std::vector<StaticFinding> findings;
};

// `library` is what build() made. Reads it as data: nothing of it is run.
Inspection inspect(const std::filesystem::path& library, const InspectSettings& settings);

}  // namespace heapjudge
