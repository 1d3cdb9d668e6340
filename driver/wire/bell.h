// A counter in shared memory that one process rings and the other waits for.
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace heapjudge {

// Waiting first spins, because the answer to a small batch comes within a microsecond, and then sleeps in the
// kernel. How long it spins adapts: a wait that ended while spinning lengthens the next spin a little, one that
// had to sleep halves it, so that on a busy machine, where the other side cannot run while we spin, hardly any
// time is burnt. (The idea is that of glibc's adaptive mutexes.)
class SpinBudget {
 public:
  std::uint32_t spins() const { return spins_; }
  void answered_in_time() { spins_ = spins_ + spins_ / 8 + 16 > kMost ? kMost : spins_ + spins_ / 8 + 16; }
  void had_to_sleep() { spins_ = spins_ / 2; }

 private:
  static constexpr std::uint32_t kMost = 4000;  // about 50 microseconds
  std::uint32_t spins_ = 1000;
};

// Invariant: `count` only grows, one per ring. Either side may lie to the other by writing to it: the judge
// therefore never sleeps longer than the slice it names, and checks whatever it reads.
struct Bell {
  std::atomic<std::uint32_t> count;
  std::atomic<std::uint32_t> sleeping;  // whether a wake-up call is needed

  void ring() {
    count.fetch_add(1, std::memory_order_seq_cst);
    if (sleeping.load(std::memory_order_seq_cst) != 0) {
      syscall(SYS_futex, &count, FUTEX_WAKE, 1, nullptr, nullptr, 0);
    }
  }

  bool has_moved(std::uint32_t seen) const { return count.load(std::memory_order_acquire) != seen; }

  // True when the count differs from `seen`; false when `slice` has passed (never, when slice is null) or the
  // wait was interrupted.
  bool wait(std::uint32_t seen, SpinBudget& budget, const timespec* slice) {
    for (std::uint32_t spin = 0; spin < budget.spins(); ++spin) {
      if (has_moved(seen)) {
        budget.answered_in_time();
        return true;
      }
      __builtin_ia32_pause();
    }
    budget.had_to_sleep();
    sleeping.store(1, std::memory_order_seq_cst);
    if (!has_moved(seen)) syscall(SYS_futex, &count, FUTEX_WAIT, seen, slice, nullptr, 0);
    sleeping.store(0, std::memory_order_relaxed);
    return has_moved(seen);
  }
};

}  // namespace heapjudge
