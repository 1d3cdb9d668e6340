// Decides when a student process has gone without progress for too long.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>

namespace heapjudge {

enum class Overdue : std::uint8_t { kRequest, kTrace };

// A request is overdue when the process has used `request_seconds` of CPU time without finishing one, or when
// four times as much, and at least 2 s, has passed on the wall clock (a process that sleeps, on a machine
// that may be busy). A run is overdue when it has used `trace_seconds` of CPU time. What counts as finished
// is what the process says: if it lies, the deadline of the trace and the kernel's limit on CPU time still
// hold.
class Watchdog {
 public:
  Watchdog(pid_t process, double request_seconds, double trace_seconds);

  void start_run();                                          // resets the deadline of the trace
  void start_batch();                                        // resets the deadline of the request
  std::optional<Overdue> check(std::uint32_t completed);     // to be asked every few milliseconds

  double cpu_seconds() const;  // of the process so far

 private:
  using Clock = std::chrono::steady_clock;

  void note_progress(std::uint32_t completed);

  pid_t process_;
  double request_seconds_;
  double trace_seconds_;
  double run_start_cpu_ = 0;
  double progress_cpu_ = 0;
  Clock::time_point progress_time_;
  std::uint32_t completed_ = 0;
};

}  // namespace heapjudge
