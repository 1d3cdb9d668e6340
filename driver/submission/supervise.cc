#include "submission/supervise.h"

#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace heapjudge {
namespace {

bool has_ended(pid_t tool) {
  siginfo_t what{};
  return ::waitid(P_PID, static_cast<id_t>(tool), &what, WEXITED | WNOHANG | WNOWAIT) != 0 ||
         what.si_pid != 0;
}

[[noreturn]] void end_as(int status) {
  if (!WIFSIGNALED(status)) ::_exit(WEXITSTATUS(status));
  const int signal = WTERMSIG(status);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::signal(signal, SIG_DFL);
  ::kill(::getpid(), signal);
  ::_exit(128 + signal);
}

// The group cannot have been given to strangers: its leader is not reaped before it is signalled.
[[noreturn]] void watch_over(pid_t tool, const sigset_t& awaited) {
  ::setpgid(tool, tool);  // as the tool does itself; whoever comes first
  ::close_range(0, ~0u, 0);
  while (!has_ended(tool)) {
    if (::sigwaitinfo(&awaited, nullptr) == SIGTERM) ::kill(-tool, SIGKILL);
  }
  ::kill(-tool, SIGKILL);
  int status = 0;
  while (::waitpid(tool, &status, 0) < 0 && errno == EINTR) {
  }
  ::sigprocmask(SIG_UNBLOCK, &awaited, nullptr);
  end_as(status);
}

}  // namespace

bool supervise(pid_t grader) {
  ::setsid();  // no terminal to read from
  sigset_t awaited;
  sigset_t before;
  ::sigemptyset(&awaited);
  ::sigaddset(&awaited, SIGTERM);
  ::sigaddset(&awaited, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &awaited, &before);
  ::signal(SIGTERM, SIG_DFL);
  ::signal(SIGCHLD, SIG_DFL);  // where it is ignored, children leave no status
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != grader) ::_exit(1);

  const pid_t supervisor = ::getpid();
  const pid_t tool = ::fork();
  if (tool < 0) return false;
  if (tool > 0) watch_over(tool, awaited);
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != supervisor) ::_exit(1);
  return ::sigprocmask(SIG_SETMASK, &before, nullptr) == 0;
}

}  // namespace heapjudge
