#include "fuzz/worker.h"

#include <algorithm>
#include <utility>

namespace heapjudge {
namespace {

// Without a finished execution; some 20 seconds. Looks, not seconds: both processes may be stopped for a while, and the
// machine may sleep.
constexpr std::uint64_t kStandstillLooks = 1000;
constexpr std::uint64_t kMostRestarts = 200;

}  // namespace

Worker::Worker(HuntSettings settings)
    : settings_(std::move(settings)), seed_(settings_.seed), process_(std::make_unique<HuntProcess>(settings_)) {}

FuzzCounts Worker::counts() const {
  FuzzCounts sum = process_->state().counts;
  return sum += before_;
}

double Worker::cpu_seconds() const { return cpu_seconds_before_ + process_->cpu_seconds(); }

void Worker::look_for_its_end() {
  if (over_) return;
  end_a_standstill();
  ended_ = process_->end().has_value();
}

std::optional<std::vector<std::uint8_t>> Worker::look_after() {
  if (over_ || !ended_) return std::nullopt;
  const bool complete = process_->end()->complete;
  if (complete || before_.restarts == kMostRestarts) over_ = true;
  if (complete) return std::nullopt;
  std::vector<std::uint8_t> input = process_->input_in_hand();
  if (!over_) restart();
  return input;
}

void Worker::end_a_standstill() {
  const std::uint64_t executions = process_->state().counts.executions;
  looks_since_ = executions == executions_seen_ ? looks_since_ + 1 : 0;
  executions_seen_ = executions;
  if (looks_since_ > kStandstillLooks) process_->kill();
}

void Worker::restart() {
  before_ = counts();
  ++before_.restarts;
  cpu_seconds_before_ = cpu_seconds();
  if (settings_.inputs != 0) settings_.inputs -= std::min(settings_.inputs - 1, process_->state().counts.inputs + 1);
  settings_.seed = seed_ + before_.restarts * 0x9e3779b97f4a7c15;
  looks_since_ = 0;
  ended_ = false;
  process_ = std::make_unique<HuntProcess>(settings_);
}

}  // namespace heapjudge
