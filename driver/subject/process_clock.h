// The CPU time of another process, and whether it sleeps.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <cstdint>

#include "subject/descriptor.h"

namespace heapjudge {

// Of the user and of the system together.
double cpu_seconds_of(const rusage& used);

// The process must not have been waited for yet.
class ProcessClock {
 public:
  explicit ProcessClock(pid_t process);  // throws std::runtime_error when the machine refuses

  // Nanoseconds of CPU time so far. Exact while the process sleeps; while it runs, the kernel's tick decides.
  std::int64_t nanoseconds() const;

  // True when the process is blocked in the kernel (asleep, or dead).
  bool is_asleep() const;

  // Returns when is_asleep(), or after `patience_seconds`: then false.
  bool wait_until_asleep(double patience_seconds) const;

 private:
  clockid_t clock_{};
  Descriptor state_;  // its stat file
};

}  // namespace heapjudge
