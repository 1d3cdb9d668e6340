#include "subject/watch_trial.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "student/debug_register.h"

namespace heapjudge {

namespace {

// Ends by SIGTRAP when all is well.
[[noreturn]] void write_to_a_watched_word() {
  volatile std::uint64_t word = 0;
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  signal(SIGTRAP, SIG_DFL);
  const auto address = reinterpret_cast<std::uintptr_t>(&word);
  if (open_watch_event(address) >= 0) word = 1;
  if (watch_by_debug_register(address, 0)) word = 2;
  _exit(1);
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
