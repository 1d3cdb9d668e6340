// Keeps this thread, and the processes it starts meanwhile, on the processor it is on.
#pragma once

#include <sched.h>

namespace heapjudge {

// Two contenders on two processors are timed on two speeds, when a neighbour or the cooling slows down one of them. Where
// the system does not allow it, nothing changes but that.
class OneProcessor {
 public:
  OneProcessor();
  ~OneProcessor();
  OneProcessor(const OneProcessor&) = delete;
  OneProcessor& operator=(const OneProcessor&) = delete;

 private:
  cpu_set_t before_{};
  bool is_kept_ = false;
};

}  // namespace heapjudge
