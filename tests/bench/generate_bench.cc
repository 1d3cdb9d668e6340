// How fast traces are generated: ten million requests, beside the least that any generator does.
#include <benchmark/benchmark.h>

#include "generate/generator.h"

namespace heapjudge {
namespace {

constexpr std::size_t kHalf = 5'000'000;  // a trace holds 8 388 608 at most, so two make the ten million

Spec spec_of(Distribution sizes, Lifetimes lifetimes) {
  Stream stream;
  stream.requests = kHalf;
  stream.fewest_live = 1000;
  stream.most_live = 5000;
  stream.sizes = std::move(sizes);
  stream.lifetimes = lifetimes;
  stream.resizing.chance = Chance(0.1);
  return {.phases = {stream}};
}

void count(benchmark::State& state) {
  state.counters["requests"] = benchmark::Counter(2.0 * kHalf, benchmark::Counter::kIsIterationInvariantRate);
}

void generate_ten_million(benchmark::State& state, const Distribution& sizes, Lifetimes lifetimes) {
  Spec spec = spec_of(sizes, lifetimes);
  for (auto _ : state) {
    for (spec.seed = 1; spec.seed <= 2; ++spec.seed)
      benchmark::DoNotOptimize(generate(spec).requests().size());
  }
  count(state);
}
BENCHMARK_CAPTURE(generate_ten_million, uniform_random, Distribution(Uniform{1, 4096}), Lifetimes::kRandom)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(generate_ten_million, power_law_generational,
                  Distribution(PowerLaw{.first = 16, .last = 65536, .exponent = 1.5}),
                  Lifetimes::kGenerational)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(generate_ten_million, log_normal_queue,
                  Distribution(LogNormal{.median = 64, .doublings = 1.5, .first = 8, .last = 65536}),
                  Lifetimes::kQueue)
    ->Unit(benchmark::kMillisecond);

// Baseline: as many random requests, written one after the other, of which nothing is known or checked.
void write_ten_million(benchmark::State& state) {
  for (auto _ : state) {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      Random random(seed);
      std::vector<Request> requests;
      for (std::size_t i = 0; i < kHalf; ++i) {
        requests.push_back({.size = random.between(1, 4096), .block = static_cast<BlockId>(i)});
      }
      benchmark::DoNotOptimize(requests.data());
    }
  }
  count(state);
}
BENCHMARK(write_ten_million)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
