// One fuzzing process, and those that take its place when it does not survive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "fuzz/hunt_process.h"

namespace heapjudge {

// Invariant: unless is_over(), a process is at work.
class Worker {
 public:
  // Throws as HuntProcess does.
  explicit Worker(HuntSettings settings);

  std::vector<Proposed> take_proposals() { return process_->take_proposals(); }
  HuntState state() const { return process_->state(); }
  bool is_over() const { return over_; }
  bool has_ended() { return process_->end().has_value(); }  // the process that is at work
  FuzzCounts counts() const;     // of all its processes
  double cpu_seconds() const;    // likewise

  // To be called every 20 milliseconds or so, and before the proposals are taken: those of a process that has ended by
  // then are complete. Ends a process that does not come on.
  void look_for_its_end();

  // What it was trying when it died, if look_for_its_end() has seen that; then another process is at work.
  std::optional<std::vector<std::uint8_t>> look_after();

  void stop() { process_->stop(); }

 private:
  void end_a_standstill();
  void restart();

  HuntSettings settings_;
  std::uint64_t seed_;
  std::unique_ptr<HuntProcess> process_;
  FuzzCounts before_;  // of the processes that are gone
  double cpu_seconds_before_ = 0;
  std::uint64_t executions_seen_ = 0;
  std::uint64_t looks_since_ = 0;  // since there was another one
  bool ended_ = false;  // as look_for_its_end() has seen it
  bool over_ = false;
};

}  // namespace heapjudge
