#include "subject/distress_report.h"

#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "student/sandbox.h"

namespace heapjudge {

namespace {

std::vector<Backtrace> copy_backtraces(const Distress& distress) {
  std::vector<Backtrace> result;
  const std::size_t count = std::min<std::size_t>(distress.backtraces, kMaxBacktraces);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t depth = std::min<std::size_t>(distress.depth[i], kMaxFrames);
    if (depth > 0) result.emplace_back(distress.frames[i], distress.frames[i] + depth);
  }
  return result;
}

// The kernel's verdict is the signal; what the process wrote about a call that was stopped only names it.
void describe_stopped_call(const Distress& distress, bool ilp32, Ending& ending) {
  if (distress.signal != SIGSYS) {
    ending.kind = EndingKind::kForbiddenSyscall;
    ending.syscall = "a call in the manner of another architecture";
  } else if (is_exit(distress.syscall, ilp32)) {
    ending.kind = EndingKind::kExited;
    ending.exit_status = static_cast<int>(distress.argument & 0xff);
  } else {
    ending.kind = EndingKind::kForbiddenSyscall;
    ending.syscall = system_call_name(distress.syscall, ilp32);
  }
}

void describe_signal(const Distress& distress, bool ilp32, Ending& ending) {
  if (ending.signal == SIGSYS) return describe_stopped_call(distress, ilp32, ending);
  if (ending.signal == SIGXCPU || ending.signal == SIGKILL) {
    ending.kind = EndingKind::kResourceLimit;
    ending.limit = ending.signal == SIGXCPU ? "CPU time" : "memory or CPU time";
    return;
  }
  ending.kind = EndingKind::kCrashed;
  if (distress.signal != static_cast<std::uint32_t>(ending.signal)) return;
  if (distress.has_address != 0) ending.address = distress.address;
  ending.stack_overflow = distress.has_address != 0 && distress.near_stack != 0;
}

}  // namespace

Ending form_ending(Reason reason, int status, const Distress& shared, bool ilp32) {
  const auto copy = std::make_unique<Distress>();
  std::memcpy(copy.get(), &shared, sizeof shared);
  Ending ending;
  ending.backtraces = copy_backtraces(*copy);
  if (reason == Reason::kDismissed) return ending;
  if (reason == Reason::kNotLoaded) {
    ending.kind = EndingKind::kNotLoaded;
  } else if (reason == Reason::kRequestOverdue) {
    ending.kind = EndingKind::kHung;
  } else if (reason == Reason::kTraceOverdue) {
    ending.kind = EndingKind::kResourceLimit;
    ending.limit = "CPU time";
  } else if (WIFEXITED(status)) {
    ending.kind = EndingKind::kExited;
    ending.exit_status = WEXITSTATUS(status);
  } else {
    ending.signal = WTERMSIG(status);
    describe_signal(*copy, ilp32, ending);
  }
  return ending;
}

}  // namespace heapjudge
