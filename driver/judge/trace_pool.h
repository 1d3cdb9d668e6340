// Independent jobs on several threads, their results handed back on the caller's.
#pragma once

#include <cstddef>
#include <functional>

namespace heapjudge {

struct PoolWork {
  std::size_t jobs = 0;
  std::function<void(std::size_t job)> run;   // on some thread; jobs are started in order
  std::function<void(std::size_t job)> done;  // on the caller's thread, in order of completion
};

// Returns when all jobs are done. The first exception of a job keeps further ones from starting and is thrown
// from here, after the running ones ended.
void run_on_threads(unsigned threads, const PoolWork& work);

}  // namespace heapjudge
