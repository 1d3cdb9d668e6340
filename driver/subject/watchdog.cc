#include "subject/watchdog.h"

#include <time.h>

#include <algorithm>

namespace heapjudge {

namespace {

constexpr double kWallPerCpu = 4;
constexpr double kLeastWallSeconds = 2;  // a machine may be too busy to run a process for that long

}  // namespace

Watchdog::Watchdog(pid_t process, double request_seconds, double trace_seconds)
    : process_(process),
      request_seconds_(request_seconds),
      trace_seconds_(trace_seconds),
      progress_time_(Clock::now()) {}

double Watchdog::cpu_seconds() const {
  clockid_t clock{};
  timespec now{};
  if (clock_getcpuclockid(process_, &clock) != 0 || clock_gettime(clock, &now) != 0) return progress_cpu_;
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void Watchdog::start_run() {
  run_start_cpu_ = cpu_seconds();
  start_batch();
}

// The clocks are read only when somebody waits long enough to ask; until then a batch costs nothing here.
void Watchdog::start_batch() {
  completed_ = UINT32_MAX;
}

void Watchdog::note_progress(std::uint32_t completed) {
  completed_ = completed;
  progress_cpu_ = cpu_seconds();
  progress_time_ = Clock::now();
}

std::optional<Overdue> Watchdog::check(std::uint32_t completed) {
  const bool moved = completed != completed_;
  if (moved) note_progress(completed);
  const double cpu = moved ? progress_cpu_ : cpu_seconds();
  if (cpu - run_start_cpu_ > trace_seconds_) return Overdue::kTrace;
  if (moved) return std::nullopt;
  const std::chrono::duration<double> idle = Clock::now() - progress_time_;
  const double patience = std::max(kWallPerCpu * request_seconds_, kLeastWallSeconds);
  const bool overdue = cpu - progress_cpu_ > request_seconds_ || idle.count() > patience;
  return overdue ? std::optional(Overdue::kRequest) : std::nullopt;
}

}  // namespace heapjudge
