// A fuzzing process, and those that take its place when it does not survive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "fuzz/hunt_process.h"

namespace heapjudge {

class HuntWorker {
 public:
  // `settings.inputs` are those of all its processes together.
  HuntWorker(HuntSettings settings, std::uint64_t seed);

  std::vector<Proposed> take_proposals() { return process_->take_proposals(); }
  HuntState state() const { return process_->state(); }
  FuzzCounts counts() const;  // of all its processes
  bool is_over() const { return over_; }

  // To be called a few dozen times a second, and before the proposals are taken: those of a process that has ended by
  // then are complete.
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
  FuzzCounts before_;
  std::uint64_t executions_seen_ = 0;
  unsigned looks_without_move_ = 0;
  bool ended_ = false;
  bool over_ = false;
};

}  // namespace heapjudge
