// Where a submission's printing goes.
#pragma once

#include <cstdint>
#include <string>

#include "subject/descriptor.h"

namespace heapjudge {

// Owns a file in memory that serves as standard output and standard error. It cannot block the process, and the
// process's own limit on file sizes bounds it.
class CapturedOutput {
 public:
  CapturedOutput();  // throws std::runtime_error when the machine refuses

  int descriptor() const { return file_.get(); }
  std::uint64_t bytes() const;  // printed so far
  std::string tail() const;     // the end of it, at most 64 KiB, raw
  std::string in_one_line() const;  // the beginning of that, for a message

 private:
  Descriptor file_;
};

}  // namespace heapjudge
