// A fuzzing process as a value: launched, watched, and asked what it has found.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/engine.h"
#include "fuzz/proposal.h"
#include "judge/fuzz_sheet.h"
#include "subject/child_subject.h"
#include "subject/process_clock.h"
#include "wire/shared_memory.h"

namespace heapjudge {

struct HuntSettings {
  LaunchSettings launch;           // `library` is what build_guarded() made; `host` is not looked at
  std::uint32_t alignment = 16;
  EngineKind engine = EngineKind::kHabits;
  std::filesystem::path corpus;    // a folder of its own or shared; anybody may write there
  std::uint64_t seed = 1;
  std::uint64_t inputs = 0;        // 0: until stopped
  Tier lowest_tier = Tier::kP0;
  Tier highest_tier = Tier::kP3;
  bool shares_corpus = false;
  std::vector<std::uint64_t> functions;  // where each of the submission's begins in its library, rising
};

struct HuntState {
  FuzzCounts counts;  // of this process; `restarts` and `acquitted` stay 0
  std::string isolation;
  bool loaded = false;
  bool instrumented = false;
  bool guided = false;
};

struct HuntEnd {
  bool complete = false;  // all inputs were tried, or it was told to stop
  std::string how;        // for people: "SIGSEGV", "exit status 1"
};

// Owns the process; it does not outlive the object. Nothing that it writes is believed.
class HuntProcess {
 public:
  // Throws std::runtime_error when it cannot be made, or not as confined as `launch` demands.
  explicit HuntProcess(const HuntSettings& settings);
  ~HuntProcess();
  HuntProcess(const HuntProcess&) = delete;
  HuntProcess& operator=(const HuntProcess&) = delete;

  HuntState state() const;

  // Those since the last call; what is no trace is left out.
  std::vector<Proposed> take_proposals();

  double cpu_seconds() const;  // that it took so far

  // The input that it is or was trying.
  std::vector<std::uint8_t> input_in_hand() const;

  void stop();  // soon, after the execution in hand
  void kill();

  // How it ended, when it has.
  const std::optional<HuntEnd>& end();

 private:
  void dispose();
  void close_end(int status);

  SharedMemory board_;
  std::uint32_t taken_ = 0;
  pid_t process_ = -1;
  std::string isolation_;  // told before anything of the submission ran
  std::optional<ProcessClock> clock_;
  double cpu_seconds_at_end_ = 0;
  bool told_to_stop_ = false;
  std::optional<HuntEnd> end_;
};

// Of this very build of Heapjudge. Throws std::runtime_error when it is not there.
std::filesystem::path fuzz_host();

}  // namespace heapjudge
