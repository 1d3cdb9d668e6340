// Google Benchmark's door: it repeats the pairs; the figures are collected here.
#include "judge/measure.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <limits>
#include <stdexcept>

#include "check.h"
#include "judge/median_interval.h"
#include "judge/timed_turns.h"
#include "trace/random.h"

namespace heapjudge {

namespace {

constexpr std::size_t kFewestPairs = 3;
constexpr int kTurnsPerPair = 4;
constexpr std::size_t kMostPairs = 500;
constexpr double kSlow = 0.25;  // below this speed the interval need not become narrower: points would not show it
constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kLeastShare = 0.02;  // of a turn: a contender cannot cost less than this beside the loop

class Pairs {
 public:
  Pairs(std::span<const Trace> orders, const Contender& subject, const Contender& reference,
        const MeasureSettings& settings)
      : orders_(static_cast<std::uint32_t>(orders.size())),
        trace_(orders[0].name()),
        settings_(settings),
        subject_(subject, orders, settings.turn_seconds),
        reference_(reference, orders, settings.turn_seconds),
        random_(settings.seed) {}

  // Makes one pair; the subject's seconds, or nothing when it is at fault.
  std::optional<double> make();

  bool is_enough() const;
  const std::optional<TimedFault>& fault() const { return subject_.fault(); }
  Measurement measurement() const;

 private:
  using Clock = std::chrono::steady_clock;

  struct Least {
    double subject = kNever;
    double reference = kNever;
    double loop = kNever;
  };

  bool take_subjects_turn(std::uint32_t order, std::uint64_t seed, Least& least);
  bool take_turns(std::uint32_t order, bool subject_first, Least& least);
  double reference_seconds(std::uint32_t order, std::uint64_t seed, ReplayTarget target);
  bool is_narrow(const MedianInterval& interval) const;

  std::uint32_t orders_;
  std::string trace_;
  const MeasureSettings& settings_;
  TimedTurns subject_;
  TimedTurns reference_;
  Random random_;
  Clock::time_point begin_ = Clock::now();
  std::vector<double> ratios_;
  std::vector<double> subject_seconds_;
  std::vector<double> reference_seconds_;
};

double Pairs::reference_seconds(std::uint32_t order, std::uint64_t seed, ReplayTarget target) {
  const auto seconds = reference_.pass_seconds(order, seed, target);
  if (!seconds) throw std::runtime_error(trace_ + ": the reference allocator cannot be timed on this trace");
  return *seconds;
}

bool Pairs::take_subjects_turn(std::uint32_t order, std::uint64_t seed, Least& least) {
  const auto seconds = subject_.pass_seconds(order, seed);
  if (!seconds) return false;
  least.subject = std::min(least.subject, *seconds);
  return true;
}

// False when the subject is at fault. The loop is timed in the reference's process: nobody but us is at work there. Who
// goes first changes, because whoever follows finds the processor used to the trace.
bool Pairs::take_turns(std::uint32_t order, bool subject_first, Least& least) {
  const std::uint64_t seed = random_.next();
  if (subject_first && !take_subjects_turn(order, seed, least)) return false;
  least.reference = std::min(least.reference, reference_seconds(order, seed, ReplayTarget::kSubmission));
  if (!subject_first && !take_subjects_turn(order, seed, least)) return false;
  least.loop = std::min(least.loop, reference_seconds(order, seed, ReplayTarget::kLoopAlone));
  return true;
}

std::optional<double> Pairs::make() {
  subject_.start();
  reference_.start();
  // What differs in the trace's own order is the easiest to understand, so that one comes first.
  const auto order = ratios_.empty() ? 0 : static_cast<std::uint32_t>(random_.below(orders_));
  Least least;
  for (int turn = 0; turn < kTurnsPerPair; ++turn) {
    if (!take_turns(order, turn % 2 == 0, least)) return std::nullopt;
  }
  const auto net = [&](double seconds) { return std::max(seconds - least.loop, kLeastShare * seconds); };
  subject_seconds_.push_back(net(least.subject));
  reference_seconds_.push_back(net(least.reference));
  ratios_.push_back(reference_seconds_.back() / subject_seconds_.back());
  return least.subject;
}

bool Pairs::is_narrow(const MedianInterval& interval) const {
  return interval.high - interval.low <= settings_.interval * std::max(kSlow, interval.median) ||
         interval.low >= settings_.enough;
}

bool Pairs::is_enough() const {
  if (fault()) return true;
  if (ratios_.size() < kFewestPairs) return false;
  const std::chrono::duration<double> used = Clock::now() - begin_;
  return ratios_.size() >= kMostPairs || used.count() >= settings_.budget_seconds ||
         is_narrow(median_interval(ratios_));
}

Measurement Pairs::measurement() const {
  const MedianInterval speed = median_interval(ratios_);
  return {.clock = CostClock::kCpuTime,
          .speed = speed.median,
          .speed_low = std::max(0.0, speed.low),
          .speed_high = speed.high,
          .pairs = ratios_.size(),
          .steady = is_narrow(speed),
          .subject_cost = median_interval(subject_seconds_).median,
          .reference_cost = median_interval(reference_seconds_).median};
}

// Prints nothing: what counts is in Pairs.
class SilentReporter final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>&) override {}
};

// The time of the next pair's subject; nothing when no more are wanted. An exception must not cross the library.
std::optional<double> next_pair(Pairs& pairs, std::exception_ptr& error) try {
  return pairs.is_enough() ? std::nullopt : pairs.make();
} catch (...) {
  error = std::current_exception();
  return std::nullopt;
}

// Google Benchmark repeats the pair, by the time that the subject's turns took.
void repeat(Pairs& pairs) {
  std::exception_ptr error;
  const auto body = [&](benchmark::State& state) {
    for (auto _ : state) {
      const auto seconds = next_pair(pairs, error);
      if (!seconds) {
        state.SkipWithError("no more");
        break;
      }
      state.SetIterationTime(*seconds);
    }
  };
  benchmark::ClearRegisteredBenchmarks();
  benchmark::RegisterBenchmark("pair", body)->UseManualTime()->Iterations(kMostPairs);
  SilentReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::ClearRegisteredBenchmarks();
  if (error) std::rethrow_exception(error);
}

}  // namespace

std::variant<Measurement, TimedFault> measure(std::span<const Trace> orders, const Contender& subject,
                                              const Contender& reference, const MeasureSettings& settings) {
  ensure(!orders.empty(), "nothing to measure");
  Pairs pairs(orders, subject, reference, settings);
  repeat(pairs);
  if (pairs.fault()) return *pairs.fault();
  return pairs.measurement();
}

}  // namespace heapjudge
