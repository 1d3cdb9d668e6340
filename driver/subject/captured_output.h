// Where a submission's printing goes.
#pragma once

#include <cstdint>
#include <string>

namespace heapjudge {

// Owns a file in memory that serves as standard output and standard error. It cannot block the process, and the
// process's own limit on file sizes bounds it.
class CapturedOutput {
 public:
  CapturedOutput();  // throws std::runtime_error when the machine refuses
  ~CapturedOutput();
  CapturedOutput(const CapturedOutput&) = delete;
  CapturedOutput& operator=(const CapturedOutput&) = delete;

  int descriptor() const { return descriptor_; }
  std::uint64_t bytes() const;  // printed so far
  std::string tail() const;     // the end of it, at most 64 KiB, raw

 private:
  int descriptor_;
};

}  // namespace heapjudge
