// How fast fuzz inputs are made and decoded, in requests, beside the least that writes as many.
#include <benchmark/benchmark.h>

#include <vector>

#include "fuzz/generator.h"
#include "fuzz/input.h"
#include "fuzz/mutate.h"
#include "trace/random.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kInputs = 1000;

void count(benchmark::State& state, std::size_t requests) {
  state.counters["requests"] = benchmark::Counter(static_cast<double>(requests), benchmark::Counter::kIsRate);
}

std::vector<std::vector<std::uint8_t>> inputs_of(Tier tier) {
  std::vector<std::vector<std::uint8_t>> inputs;
  for (std::uint64_t seed = 1; seed <= kInputs; ++seed) inputs.push_back(generate_input(seed, tier));
  return inputs;
}

void decode(benchmark::State& state) {
  const auto inputs = inputs_of(static_cast<Tier>(state.range(0)));
  InputDecoder decoder;
  std::size_t requests = 0;
  for (auto _ : state) {
    for (const auto& input : inputs) requests += decoder.decode(input).requests.size();
  }
  count(state, requests);
}
BENCHMARK(decode)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

void generate_and_decode(benchmark::State& state) {
  const auto tier = static_cast<Tier>(state.range(0));
  std::vector<std::uint8_t> input;
  InputDecoder decoder;
  std::size_t requests = 0;
  for (auto _ : state) {
    for (std::uint64_t seed = 1; seed <= kInputs; ++seed) {
      generate_input(seed, tier, input);
      requests += decoder.decode(input).requests.size();
    }
  }
  count(state, requests);
}
BENCHMARK(generate_and_decode)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

void mutate_and_decode(benchmark::State& state) {
  const auto inputs = inputs_of(Tier::kP0);
  std::vector<std::uint8_t> bytes(kMostInputBytes);
  InputDecoder decoder;
  std::size_t requests = 0;
  for (auto _ : state) {
    for (std::uint64_t seed = 0; seed < kInputs; ++seed) {
      std::copy(inputs[seed].begin(), inputs[seed].end(), bytes.begin());
      const std::size_t size = mutate_input(bytes, inputs[seed].size(), seed);
      requests += decoder.decode(std::span(bytes).first(size)).requests.size();
    }
  }
  count(state, requests);
}
BENCHMARK(mutate_and_decode)->Unit(benchmark::kMillisecond);

// Baseline: as many random requests, written one after the other, of which nothing is known or checked.
void write_random_requests(benchmark::State& state) {
  std::vector<Request> requests(kMostInputRequests);
  std::size_t written = 0;
  for (auto _ : state) {
    for (std::uint64_t seed = 1; seed <= kInputs; ++seed) {
      Random random(seed);
      for (std::size_t i = 0; i < requests.size(); ++i) {
        requests[i] = {.size = random.between(1, 4096), .block = static_cast<BlockId>(i)};
      }
      benchmark::DoNotOptimize(requests.data());
      written += requests.size();
    }
  }
  count(state, written);
}
BENCHMARK(write_random_requests)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
