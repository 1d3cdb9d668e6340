#include "subject/pass_gate.h"

#include <sys/wait.h>

#include <stdexcept>

#include "subject/mailbox_setup.h"

namespace heapjudge {

namespace {

constexpr timespec kSlice{.tv_sec = 0, .tv_nsec = 20'000'000};
constexpr int kMostSlices = 1500;  // 30 s that this process has waited; time in which both are stopped does not count

bool has_ended(pid_t process) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == process;
}

void await(Bell& bell, pid_t process) {
  SpinBudget sleeping = SpinBudget::none();
  for (int slice = 0; slice < kMostSlices; ++slice) {
    if (bell.wait(0, sleeping, &kSlice)) return;
    if (has_ended(process) && !bell.has_moved(0)) break;
  }
  throw std::runtime_error("a process that runs a submission could not be set up");
}

}  // namespace

std::string pass_gate(ConfinementGate& gate, pid_t process, const SandboxRequest& sandbox) {
  await(gate.told, process);
  std::string isolation = isolation_text(gate.layers);
  if (sandbox.in_full) demand_full(isolation);
  gate.open.ring();
  return isolation;
}

}  // namespace heapjudge
