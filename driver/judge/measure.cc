// Google Benchmark's door: it repeats the pairs; the figures are collected in judge/pairs.
#include "judge/measure.h"

#include <benchmark/benchmark.h>

#include <exception>
#include <optional>

#include "check.h"
#include "judge/pairs.h"

namespace heapjudge {

namespace {

constexpr int kMostRounds = 10'000;  // more than any budget allows

// Prints nothing: what counts is in the pairs.
class SilentReporter final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>&) override {}
};

// A pair of each that wants more. The seconds of the subjects' passes; nothing when none wants any.
class Rounds {
 public:
  Rounds(std::span<const std::unique_ptr<PairedMeasuring>> all, const std::function<void(std::size_t)>& finished,
         const WantsPair& wants)
      : all_(all), finished_(finished), wants_(wants), ended_(all.size()) {}

  std::optional<double> next() {
    std::optional<double> seconds;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (ended_[i] || (wants_ && !wants_(i))) continue;
      seconds = seconds.value_or(0) + all_[i]->make_pair();
      if (all_[i]->is_enough()) end(i);
    }
    for (std::size_t i = 0; i < all_.size() && !seconds; ++i) {
      if (!ended_[i]) end(i);
    }
    return seconds;
  }

 private:
  void end(std::size_t i) {
    ended_[i] = true;
    if (finished_) finished_(i);
  }

  std::span<const std::unique_ptr<PairedMeasuring>> all_;
  const std::function<void(std::size_t)>& finished_;
  const WantsPair& wants_;
  std::vector<bool> ended_;
};

// An exception must not cross the library.
std::optional<double> next_round(Rounds& rounds, std::exception_ptr& error) try {
  return rounds.next();
} catch (...) {
  error = std::current_exception();
  return std::nullopt;
}

}  // namespace

void measure_in_turn(std::span<const std::unique_ptr<PairedMeasuring>> all,
                     const std::function<void(std::size_t)>& finished, const WantsPair& wants) {
  Rounds rounds(all, finished, wants);
  std::exception_ptr error;
  const auto body = [&](benchmark::State& state) {
    for (auto _ : state) {
      const auto seconds = next_round(rounds, error);
      if (!seconds) {
        state.SkipWithError("no more");
        break;
      }
      state.SetIterationTime(*seconds);
    }
  };
  benchmark::ClearRegisteredBenchmarks();
  benchmark::RegisterBenchmark("round", body)->UseManualTime()->Iterations(kMostRounds);
  SilentReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::ClearRegisteredBenchmarks();
  if (error) std::rethrow_exception(error);
}

std::variant<Measurement, TimedFault> measure(std::span<const Trace> orders, const Contender& subject,
                                              const Contender& reference, const MeasureSettings& settings) {
  ensure(!orders.empty(), "nothing to measure");
  std::vector<std::unique_ptr<PairedMeasuring>> alone;
  alone.push_back(std::make_unique<PairedMeasuring>(orders, subject, reference, settings));
  measure_in_turn(alone, {});
  return alone.front()->outcome();
}

}  // namespace heapjudge
