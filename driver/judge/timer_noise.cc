#include "judge/timer_noise.h"

#include <time.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "check.h"

namespace heapjudge {

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double seconds_of(std::uint64_t rounds) {
  const double start = cpu_seconds();
  std::uint64_t value = 1;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    value = value * 6364136223846793005u + 1442695040888963407u;
    asm volatile("" : "+r"(value));  // so that the loop stays
  }
  return cpu_seconds() - start;
}

}  // namespace

double spread_percent(std::vector<double> seconds) {
  ensure(!seconds.empty(), "nothing was timed");
  std::ranges::sort(seconds);
  const auto percentile = [&](std::size_t percent) { return seconds[(seconds.size() - 1) * percent / 100]; };
  return 100 * (percentile(90) - percentile(10)) / percentile(50);
}

std::vector<double> time_a_loop(int runs, double seconds) {
  std::uint64_t rounds = 1000;
  while (seconds_of(rounds) < seconds) rounds *= 2;
  rounds = rounds / 4 * 3;  // between half of the time and all of it, give or take
  std::vector<double> times;
  for (int run = 0; run < runs; ++run) times.push_back(seconds_of(rounds));
  return times;
}

}  // namespace heapjudge
