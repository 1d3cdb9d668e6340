// One contender of a measurement: takes turns, and watches that it answers as it should.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "judge/measure.h"

namespace heapjudge {

class TimedTurns {
 public:
  // `contender` outlives this.
  TimedTurns(const Contender& contender, double turn_seconds);

  // A fresh process; the program outlives it, or the next start. How many passes make a turn is found out once.
  void start(const TimedPlaces& places) {
    subject_ = contender_.start(places);
    program_ = &places.program;
  }

  // Seconds of one pass over the order, of the submission or of the loop alone, on warm caches and in the state to
  // which the processor's predictors have come by then; what an order itself costs is not in it. Nothing when a fault
  // was found: see fault().
  std::optional<double> pass_seconds(std::uint32_t order, std::uint64_t seed,
                                     ReplayTarget target = ReplayTarget::kSubmission);

  const std::optional<TimedFault>& fault() const { return fault_; }

 private:
  void warm_up(std::uint32_t order, std::uint64_t seed, ReplayTarget target);
  std::optional<double> replay(const ReplayOrder& order, EarlierAnswers earlier = EarlierAnswers::kCleared);
  void look_for_fault(const ReplayOrder& order, const ReplayOutcome& outcome);
  std::uint32_t& passes_of(ReplayTarget target) { return passes_[target == ReplayTarget::kSubmission ? 0 : 1]; }
  void find_passes(std::uint32_t order, std::uint64_t seed, ReplayTarget target);

  const Contender& contender_;
  ReplayProgram* program_ = nullptr;
  std::unique_ptr<TimedSubject> subject_;
  double turn_seconds_;
  double order_seconds_ = 0;  // of an order without a pass, the least seen
  bool is_long_ = false;      // a pass takes so long that neither warming up nor an order's cost shows
  std::uint32_t passes_[2] = {0, 0};
  std::optional<TimedFault> fault_;
};

// What is wrong with the answers and the outcome of a replay of `order`, beside the answers that its checked replay gave.
std::optional<TimedFault> difference_when_timed(std::uint32_t order, std::span<const std::uint64_t> answers,
                                                std::span<const std::uint64_t> checked, const ReplayOutcome& outcome);

}  // namespace heapjudge
