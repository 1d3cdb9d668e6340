// Jobs on threads: all of them once, results on the caller's thread, failures handed on.
#include "judge/trace_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <thread>

namespace heapjudge {
namespace {

TEST(RunOnThreads, EveryJobRunsOnceAndIsHandedBackToTheCaller) {
  for (const unsigned threads : {0u, 1u, 2u, 7u}) {
    std::vector<int> runs(100);
    std::vector<std::size_t> done;
    const auto caller = std::this_thread::get_id();
    run_on_threads(threads, {.jobs = runs.size(),
                             .run = [&](std::size_t job) { ++runs[job]; },
                             .done =
                                 [&](std::size_t job) {
                                   EXPECT_EQ(std::this_thread::get_id(), caller);
                                   done.push_back(job);
                                 }});
    std::ranges::sort(done);
    std::vector<std::size_t> all(runs.size());
    std::iota(all.begin(), all.end(), 0u);
    EXPECT_EQ(done, all);
    EXPECT_EQ(runs, std::vector<int>(runs.size(), 1));
  }
}

TEST(RunOnThreads, NoJobsIsFine) {
  run_on_threads(4, {.jobs = 0, .run = [](std::size_t) {}, .done = [](std::size_t) { FAIL(); }});
}

TEST(RunOnThreads, OneThreadKeepsTheOrder) {
  std::vector<std::size_t> order;
  run_on_threads(
      1, {.jobs = 20, .run = [&](std::size_t job) { order.push_back(job); }, .done = [](std::size_t) {}});
  EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST(RunOnThreads, TheFirstFailureStopsTheRestAndReachesTheCaller) {
  std::atomic<int> started = 0;
  const auto run = [&](std::size_t job) {
    ++started;
    if (job == 3) throw std::runtime_error("job 3");
  };
  EXPECT_THROW(run_on_threads(1, {.jobs = 100, .run = run, .done = [](std::size_t) {}}), std::runtime_error);
  EXPECT_EQ(started, 4);
}

TEST(RunOnThreads, AFailingListenerStopsThemToo) {
  const auto fail = [](std::size_t) { throw std::runtime_error("listener"); };
  EXPECT_THROW(run_on_threads(2, {.jobs = 10, .run = [](std::size_t) {}, .done = fail}), std::runtime_error);
}

}  // namespace
}  // namespace heapjudge
