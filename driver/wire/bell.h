// A counter in shared memory that one process rings and the other waits for.
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace heapjudge {

// Waiting first spins, because the answer to a batch comes within microseconds, and then sleeps in the kernel, from
// which an idle processor takes some fifty to wake. How long it spins adapts: a sleep that was over at once says that
// a longer spin would have met the answer. Spinning in vain for as long as is allowed says that the other side cannot
// run meanwhile, on a busy machine; then hardly any time is burnt for a number of waits, which doubles each time.
class SpinBudget {
 public:
  // For a wait that must not use the processor: whoever reads this process's CPU clock wants it to stand still.
  static SpinBudget none() {
    SpinBudget budget;
    budget.spins_ = budget.least_ = budget.most_ = 0;
    return budget;
  }

  std::uint32_t spins() const { return spins_; }

  void answered_in_time() { penalty_ = kFirstPenalty; }

  void had_to_sleep(bool briefly) {
    if (resting_ > 0) {
      --resting_;
    } else if (briefly && spins_ < most_) {
      spins_ = 2 * spins_ + kLeast < most_ ? 2 * spins_ + kLeast : most_;
    } else {
      spins_ = least_;
      resting_ = penalty_;
      if (penalty_ < kLastPenalty) penalty_ *= 2;
    }
  }

 private:
  static constexpr std::uint32_t kLeast = 32;
  static constexpr std::uint32_t kMost = 8000;  // about 200 microseconds
  static constexpr std::uint32_t kFirstPenalty = 32;
  static constexpr std::uint32_t kLastPenalty = 1 << 16;

  std::uint32_t spins_ = 1000;
  std::uint32_t least_ = kLeast;
  std::uint32_t most_ = kMost;
  std::uint32_t resting_ = 0;
  std::uint32_t penalty_ = kFirstPenalty;
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
    const std::int64_t before = now_nanoseconds();
    sleeping.store(1, std::memory_order_seq_cst);
    if (!has_moved(seen)) syscall(SYS_futex, &count, FUTEX_WAIT, seen, slice, nullptr, 0);
    sleeping.store(0, std::memory_order_relaxed);
    budget.had_to_sleep(now_nanoseconds() - before < kBriefNanoseconds);
    return has_moved(seen);
  }

 private:
  static constexpr std::int64_t kBriefNanoseconds = 150'000;

  static std::int64_t now_nanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
  }
};

}  // namespace heapjudge
