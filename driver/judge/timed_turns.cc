#include "judge/timed_turns.h"

#include <algorithm>
#include <cmath>

namespace heapjudge {

namespace {

constexpr double kMostPasses = 100'000;
constexpr std::uint32_t kTrialPasses = 2;
constexpr std::uint32_t kWarmTurns = 3;
constexpr int kOrdersTried = 5;
constexpr double kShortestPass = 1e-7;
constexpr double kLongPass = 0.1;  // seconds; beyond, neither warming up nor what an order costs shows

}  // namespace

TimedTurns::TimedTurns(const Contender& contender, double turn_seconds)
    : contender_(contender), turn_seconds_(turn_seconds) {}

std::optional<double> TimedTurns::pass_seconds(std::uint32_t order, std::uint64_t seed, ReplayTarget target) {
  std::uint32_t& passes = passes_of(target);
  if (passes == 0) find_passes(order, seed, target);
  if (!is_long_) warm_up(order, seed, target);
  const auto seconds = replay({.order = order, .passes = passes, .seed = seed, .target = target},
                              is_long_ ? EarlierAnswers::kCleared : EarlierAnswers::kSpoiledHereAndThere);
  if (!seconds) return std::nullopt;
  return std::max(0.0, *seconds - order_seconds_) / passes;
}

// What the predictors hold is the other contender's, which lies at the same addresses. A few passes change that; half as
// long as a turn is too short: then a speed depends on who ran before, by a quarter on some traces.
void TimedTurns::warm_up(std::uint32_t order, std::uint64_t seed, ReplayTarget target) {
  const std::uint32_t passes = passes_of(target);
  replay({.order = order, .passes = passes == 1 ? 1 : kWarmTurns * passes, .seed = seed, .target = target});
}

void TimedTurns::find_passes(std::uint32_t order, std::uint64_t seed, ReplayTarget target) {
  std::uint32_t& passes = passes_of(target);
  passes = 1;
  const auto one = replay({.order = order, .passes = 1, .seed = seed, .target = target});
  is_long_ = is_long_ || (one && *one > kLongPass);
  if (!one || is_long_) return;
  for (int i = 0; i < kOrdersTried; ++i) {
    const auto none = replay({.order = order, .passes = 0, .seed = seed, .target = target});
    if (none && (order_seconds_ == 0 || *none < order_seconds_)) order_seconds_ = *none;
  }
  const auto warm = replay({.order = order, .passes = kTrialPasses, .seed = seed, .target = target});
  const double pass = std::max((warm.value_or(0) - order_seconds_) / kTrialPasses, kShortestPass);
  passes = static_cast<std::uint32_t>(std::clamp(std::ceil(turn_seconds_ / pass), 1.0, kMostPasses));
}

std::optional<double> TimedTurns::replay(const ReplayOrder& order, EarlierAnswers earlier) {
  if (fault_) return std::nullopt;
  const TimedReplay replayed = subject_->replay_program(order, earlier);
  if (replayed.ended) {
    fault_ = TimedFault{.order = order.order, .ending = subject_->end()};
    return std::nullopt;
  }
  if (order.target == ReplayTarget::kSubmission && order.passes > 0) look_for_fault(order, replayed.outcome);
  return fault_ ? std::nullopt : std::optional(replayed.cpu_seconds);
}

void TimedTurns::look_for_fault(const ReplayOrder& order, const ReplayOutcome& outcome) {
  if (contender_.answers.empty()) return;
  fault_ = difference_when_timed(order.order, program_->answers(), contender_.answers[order.order], outcome);
}

std::optional<TimedFault> difference_when_timed(std::uint32_t order, std::span<const std::uint64_t> answers,
                                                std::span<const std::uint64_t> checked, const ReplayOutcome& outcome) {
  const auto [answered, expected] = std::ranges::mismatch(answers, checked);
  if (expected != checked.end()) {
    return TimedFault{.order = order,
                      .request = static_cast<std::size_t>(expected - checked.begin()) + 1,
                      .answered = *answered,
                      .checked = *expected};
  }
  if (outcome.lost_bytes == 0 && outcome.init_failures == 0) return std::nullopt;
  return TimedFault{.order = order, .lost_bytes = outcome.lost_bytes};
}

}  // namespace heapjudge
