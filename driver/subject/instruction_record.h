// What callgrind wrote about a counted replay.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "subject/descriptor.h"

namespace heapjudge {

// Owns a file in memory that callgrind writes to, from a process that is not trusted: it is bounded, and read strictly.
class InstructionRecord {
 public:
  InstructionRecord();  // throws std::runtime_error when the machine refuses

  int descriptor() const { return file_.get(); }
  void clear();

  // Of the one counted replay since it was cleared; nothing when that is not what is written there.
  std::optional<std::uint64_t> instructions() const;

 private:
  Descriptor file_;
};

// Of two parts in callgrind's format, the sum of the first less that of the second (see student/count_replay.h).
// Nothing for any other text.
std::optional<std::uint64_t> counted_instructions(std::string_view profile);

}  // namespace heapjudge
