#include "fuzz/hunt_worker.h"

#include <algorithm>
#include <utility>

namespace heapjudge {
namespace {

// Looks without a finished execution: some twenty seconds. They are counted because a clock goes on while all of us are
// stopped, and then what is found would hang on that.
constexpr unsigned kStandstillLooks = 1000;
constexpr std::uint64_t kMostRestarts = 200;

}  // namespace

HuntWorker::HuntWorker(HuntSettings settings, std::uint64_t seed) : settings_(std::move(settings)), seed_(seed) {
  settings_.seed = seed_;
  process_ = std::make_unique<HuntProcess>(settings_);
}

FuzzCounts HuntWorker::counts() const {
  FuzzCounts sum = process_->state().counts;
  sum.inputs += before_.inputs;
  sum.executions += before_.executions;
  sum.requests += before_.requests;
  sum.escapes += before_.escapes;
  sum.restarts = before_.restarts;
  return sum;
}

void HuntWorker::look_for_its_end() {
  if (over_) return;
  end_a_standstill();
  ended_ = process_->end().has_value();
}

std::optional<std::vector<std::uint8_t>> HuntWorker::look_after() {
  if (over_ || !ended_) return std::nullopt;
  const bool complete = process_->end()->complete;
  if (complete || before_.restarts == kMostRestarts) over_ = true;
  if (complete) return std::nullopt;
  std::vector<std::uint8_t> input = process_->input_in_hand();
  if (!over_) restart();
  return input;
}

void HuntWorker::end_a_standstill() {
  const std::uint64_t executions = process_->state().counts.executions;
  looks_without_move_ = executions == executions_seen_ ? looks_without_move_ + 1 : 0;
  executions_seen_ = executions;
  if (looks_without_move_ > kStandstillLooks) process_->kill();
}

void HuntWorker::restart() {
  before_ = counts();
  ++before_.restarts;
  if (settings_.inputs != 0) settings_.inputs -= std::min(settings_.inputs - 1, process_->state().counts.inputs + 1);
  settings_.seed = seed_ + before_.restarts * 0x9e3779b97f4a7c15;
  looks_without_move_ = 0;
  ended_ = false;
  process_ = std::make_unique<HuntProcess>(settings_);
}

}  // namespace heapjudge
