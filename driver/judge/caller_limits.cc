#include "judge/caller_limits.h"

#include <sys/resource.h>

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "subject/child_subject.h"
#include "submission/run_tool.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kStackBytes = 8u << 20;
constexpr std::uint64_t kDescriptors = 32;
constexpr std::uint64_t kDescriptorsPerWorker = 16;

struct Need {
  decltype(RLIMIT_CPU) resource;
  std::uint64_t least;
  std::uint64_t unit;  // in which the shell counts
  const char* option;  // of ulimit
};

void check(const Need& need) {
  rlimit limit{};
  if (::getrlimit(need.resource, &limit) != 0 || limit.rlim_cur >= need.least) return;
  const auto counted = [&](std::uint64_t value) {
    return std::to_string((value + need.unit - 1) / need.unit);
  };
  throw std::runtime_error("the limit 'ulimit " + std::string(need.option) + " " + counted(limit.rlim_cur) +
                           "' of the caller is too tight: at least " + counted(need.least) + " is needed");
}

// The usual soft limit of 1024 is meant for programs that use select, and too low for very many workers.
void raise_descriptors(std::uint64_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted || limit.rlim_max < wanted) return;
  limit.rlim_cur = wanted;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

void check_caller_limits(const Rubric& rubric, unsigned workers) {
  const std::uint64_t seconds = static_cast<std::uint64_t>(std::ceil(rubric.deadlines.trace_seconds));
  check({RLIMIT_STACK, kStackBytes, 1024, "-s"});
  check({RLIMIT_FSIZE, ToolLimits{}.file_bytes, 1024, "-f"});
  check({RLIMIT_AS, rubric.heap.limit_bytes + LaunchSettings{}.memory_bytes, 1024, "-v"});
  check({RLIMIT_CPU, seconds, 1, "-t"});
  const std::uint64_t descriptors = kDescriptors + kDescriptorsPerWorker * workers;
  raise_descriptors(descriptors);
  check({RLIMIT_NOFILE, descriptors, 1, "-n"});
}

}  // namespace heapjudge
