#include "subject/process_clock.h"

#include <fcntl.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

namespace heapjudge {

namespace {

int open_state(pid_t process) {
  return open(("/proc/" + std::to_string(process) + "/stat").c_str(), O_RDONLY | O_CLOEXEC);
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

double cpu_seconds_of(const rusage& used) { return seconds_of(used.ru_utime) + seconds_of(used.ru_stime); }

ProcessClock::ProcessClock(pid_t process) : state_(open_state(process)) {
  if (state_.get() < 0 || clock_getcpuclockid(process, &clock_) != 0) {
    throw std::runtime_error("the CPU clock of a student process cannot be read; is /proc mounted?");
  }
}

std::int64_t ProcessClock::nanoseconds() const {
  timespec now{};
  if (clock_gettime(clock_, &now) != 0) return 0;
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// "4711 (name, which may hold anything) S ..."
bool ProcessClock::is_asleep() const {
  char text[256];
  const ssize_t length = pread(state_.get(), text, sizeof text, 0);
  if (length <= 0) return true;
  const std::string_view line(text, static_cast<std::size_t>(length));
  const std::size_t name_end = line.rfind(')');
  return name_end != line.npos && name_end + 2 < line.size() && line[name_end + 2] != 'R';
}

bool ProcessClock::wait_until_asleep(double patience_seconds) const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(patience_seconds);
  while (!is_asleep()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    sched_yield();
  }
  return true;
}

}  // namespace heapjudge
