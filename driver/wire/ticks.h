// A clock that costs little to read and needs no system call; the same for all processes of the machine.
#pragma once

#include <cstdint>

#if !defined(__x86_64__) && !defined(__i386__)
#include <time.h>
#endif

namespace heapjudge {

// How long a tick is, the reader finds out beside another clock. What stands before it in the program has been executed
// then, and nothing of what stands behind. (Intel's manual, volume 2, RDTSC: the fences make it so.)
inline std::uint64_t ticks_now() {
#if defined(__x86_64__) || defined(__i386__)
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  asm volatile("lfence\n\trdtsc\n\tlfence" : "=a"(low), "=d"(high) : : "memory");
  return std::uint64_t{high} << 32 | low;
#else
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
#endif
}

}  // namespace heapjudge
