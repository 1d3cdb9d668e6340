// Handlers are functions, not SIG_IGN, because what is ignored stays ignored in every program we start.
#include "cli/signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "cli/exit_status.h"
#include "judge/scratch_folder.h"

namespace heapjudge {
namespace {

// A handler gets no argument of ours, so the ways out of it are globals; the first is written once, before use.
volatile std::sig_atomic_t g_wake_fd = -1;
volatile std::sig_atomic_t g_interrupted = 0;
volatile std::sig_atomic_t g_noted = 0;
volatile std::sig_atomic_t g_program = 0;  // that signals are passed on to

void on_own_bug(int) {
  ::_exit(kExitOurBug);
}

void on_crash(int) {
  static constexpr std::string_view kText = "heapjudge: internal error: a crash of Heapjudge itself\n";
  if (::write(STDERR_FILENO, kText.data(), kText.size()) < 0) ::_exit(kExitOurBug);
  ::_exit(kExitOurBug);
}

void on_interrupt(int) {
  g_interrupted = 1;
  const char byte = 0;
  if (::write(g_wake_fd, &byte, 1) != 1) ::_exit(kExitInterrupted);
}

void on_noted_interrupt(int signal) {
  if (g_noted != 0) on_interrupt(signal);
  g_noted = 1;
}

void on_failed_write(int) {}  // the write says so too

void on_signal_for_both(int) {}

void on_signal_to_pass_on(int signal) {
  const int error = errno;
  ::kill(g_program, signal);
  errno = error;
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigaction(signal, &action, nullptr);
}

// A caller may have left signals ignored or blocked: without SIGCHLD, children end without a status.
void accept_signals() {
  ::signal(SIGCHLD, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

// Files cannot be removed in a handler, so a thread that does nothing else waits for its word.
void end_when_woken(int fd, const std::filesystem::path& state_dir) {
  char byte = 0;
  while (::read(fd, &byte, 1) != 1) {
  }
  remove_own_scratch(state_dir);
  ::_exit(kExitInterrupted);
}

}  // namespace

void install_signal_handlers(const std::filesystem::path& state_dir) {
  std::array<int, 2> wake{};
  if (::pipe2(wake.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe for the signal handlers");
  g_wake_fd = wake[1];
  accept_signals();
  std::thread([fd = wake[0], state_dir] { end_when_woken(fd, state_dir); }).detach();
  handle(SIGABRT, on_own_bug);
  handle(SIGSEGV, on_crash);
  handle(SIGBUS, on_crash);
  for (const int signal : {SIGPIPE, SIGXFSZ}) handle(signal, on_failed_write);
  for (const int signal : {SIGINT, SIGTERM}) handle(signal, on_interrupt);
  if (!is_ignored(SIGHUP)) handle(SIGHUP, on_interrupt);  // ignored: nohup
}

InterruptNoted::InterruptNoted() {
  g_noted = 0;
  for (const int signal : {SIGINT, SIGTERM}) handle(signal, on_noted_interrupt);
  if (!is_ignored(SIGHUP)) handle(SIGHUP, on_noted_interrupt);
}

InterruptNoted::~InterruptNoted() {
  for (const int signal : {SIGINT, SIGTERM}) handle(signal, on_interrupt);
  if (!is_ignored(SIGHUP)) handle(SIGHUP, on_interrupt);
}

bool InterruptNoted::came() const { return g_noted != 0; }

SignalsPassedOn::SignalsPassedOn(pid_t program) {
  g_program = program;
  for (const int signal : {SIGINT, SIGQUIT}) handle(signal, on_signal_for_both);
  handle(SIGTERM, on_signal_to_pass_on);
  if (!is_ignored(SIGHUP)) handle(SIGHUP, on_signal_to_pass_on);
}

SignalsPassedOn::~SignalsPassedOn() {
  for (const int signal : {SIGINT, SIGTERM}) handle(signal, on_interrupt);
  if (!is_ignored(SIGHUP)) handle(SIGHUP, on_interrupt);
  ::signal(SIGQUIT, SIG_DFL);
}

void give_way_to_interrupt() {
  while (g_interrupted != 0) ::pause();
}

}  // namespace heapjudge
