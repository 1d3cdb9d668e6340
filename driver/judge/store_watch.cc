#include "judge/store_watch.h"

#include <linux/hw_breakpoint.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace heapjudge {

namespace {

// Ends by SIGTRAP when all is well.
[[noreturn]] void write_to_a_watched_word() {
  volatile std::uint64_t word = 0;
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  signal(SIGTRAP, SIG_DFL);
  perf_event_attr event{};
  event.type = PERF_TYPE_BREAKPOINT;
  event.size = sizeof event;
  event.bp_type = HW_BREAKPOINT_W;
  event.bp_addr = reinterpret_cast<std::uintptr_t>(&word);
  event.bp_len = HW_BREAKPOINT_LEN_8;
  event.sample_period = 1;
  event.sigtrap = 1;
  event.remove_on_exec = 1;
  event.exclude_kernel = 1;
  event.exclude_hv = 1;
  if (syscall(SYS_perf_event_open, &event, 0, -1, -1, PERF_FLAG_FD_CLOEXEC) < 0) _exit(1);
  word = 1;
  _exit(2);
}

}  // namespace

bool stores_can_be_watched() {
  const pid_t child = fork();
  if (child == 0) write_to_a_watched_word();
  if (child < 0) return false;
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGTRAP;
}

}  // namespace heapjudge
