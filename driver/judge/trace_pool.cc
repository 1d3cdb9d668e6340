// One queue of numbers out, one queue of numbers back.
#include "judge/trace_pool.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace heapjudge {
namespace {

class Pool {
 public:
  Pool(unsigned threads, const PoolWork& work) : work_(work), running_(threads) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
  }

  void hand_back() {
    try {
      while (const std::optional<std::size_t> job = next_done()) work_.done(*job);
    } catch (...) {
      fail(std::current_exception());
    }
    threads_.clear();  // joins
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void serve() {
    while (const std::optional<std::size_t> job = next_job()) {
      try {
        work_.run(*job);
        const std::lock_guard lock(mutex_);
        done_.push_back(*job);
      } catch (...) {
        fail(std::current_exception());
      }
      changed_.notify_one();
    }
    const std::lock_guard lock(mutex_);
    --running_;
    changed_.notify_one();
  }

  std::optional<std::size_t> next_job() {
    const std::lock_guard lock(mutex_);
    if (failure_ || next_ == work_.jobs) return std::nullopt;
    return next_++;
  }

  std::optional<std::size_t> next_done() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !done_.empty() || running_ == 0; });
    if (done_.empty()) return std::nullopt;
    const std::size_t job = done_.front();
    done_.pop_front();
    return job;
  }

  void fail(std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
  }

  const PoolWork& work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::size_t> done_;
  std::exception_ptr failure_;
  std::size_t next_ = 0;
  unsigned running_;
  std::vector<std::jthread> threads_;  // last: the threads use all of the above
};

}  // namespace

void run_on_threads(unsigned threads, const PoolWork& work) {
  const std::size_t useful = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(1, work.jobs));
  Pool(static_cast<unsigned>(useful), work).hand_back();
}

}  // namespace heapjudge
