// The ways in which the program ends without returning from main.
#pragma once

#include <sys/types.h>

#include <filesystem>

namespace heapjudge {

// SIGABRT (a failed ensure) and SIGSEGV end with status 70. SIGINT, SIGTERM and, unless it is ignored
// (nohup), SIGHUP remove this run's scratch files in `state_dir` and end with status 130; the student
// processes die with their parent. A reader that closes the standard output, and a limit for files, show as a
// failed write. What the caller blocks or ignores otherwise is undone. To be called once, before any thread
// is started.
void install_signal_handlers(const std::filesystem::path& state_dir);

// Once a run is interrupted, what fails in it fails for that reason, and is not to be told. Does not return
// then.
void give_way_to_interrupt();

// While the object lives, SIGINT, SIGTERM and SIGHUP are noted and nothing else: what was found by then is to be told.
// The second one ends the program as ever.
class InterruptNoted {
 public:
  InterruptNoted();
  ~InterruptNoted();
  InterruptNoted(const InterruptNoted&) = delete;
  InterruptNoted& operator=(const InterruptNoted&) = delete;

  bool came() const;
};

// While the object lives, signals are for the program that runs in our place: a terminal sends SIGINT and
// SIGQUIT to both of us, and we outlive them; SIGTERM and SIGHUP are passed on to it.
class SignalsPassedOn {
 public:
  explicit SignalsPassedOn(pid_t program);
  ~SignalsPassedOn();
  SignalsPassedOn(const SignalsPassedOn&) = delete;
  SignalsPassedOn& operator=(const SignalsPassedOn&) = delete;
};

}  // namespace heapjudge
