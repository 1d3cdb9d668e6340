// How fast the figures of a trace of a million requests are found, beside what has to be done at least.
#include <benchmark/benchmark.h>

#include "generate/generator.h"
#include "trace/analysis.h"
#include "trace/packing.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

std::string text_of_million() {
  Stream stream;
  stream.requests = 1'000'000;
  stream.fewest_live = 2000;
  stream.most_live = 5000;
  stream.sizes = Distribution(LogNormal{.median = 64, .doublings = 1.5, .first = 8, .last = 65536});
  stream.resizing.chance = Chance(0.1);
  return print_trace(generate({.phases = {stream}}));
}

// All that `heapjudge trace info` does but reading the file and printing.
void info(benchmark::State& state) {
  const std::string text = text_of_million();
  for (auto _ : state) {
    const Trace trace = parse_trace("bench.rep", text);
    benchmark::DoNotOptimize(analyse(trace).peak.bytes);
    benchmark::DoNotOptimize(pack(trace).heap_bytes);
  }
}
BENCHMARK(info)->Unit(benchmark::kMillisecond);

void analysis_alone(benchmark::State& state) {
  const Trace trace = parse_trace("bench.rep", text_of_million());
  for (auto _ : state) benchmark::DoNotOptimize(analyse(trace).peak.bytes);
}
BENCHMARK(analysis_alone)->Unit(benchmark::kMillisecond);

void packing_alone(benchmark::State& state) {
  const Trace trace = parse_trace("bench.rep", text_of_million());
  for (auto _ : state) benchmark::DoNotOptimize(pack(trace).heap_bytes);
}
BENCHMARK(packing_alone)->Unit(benchmark::kMillisecond);

// Baseline: the file is read and its peak is found, nothing more.
void parse_and_peak(benchmark::State& state) {
  const std::string text = text_of_million();
  for (auto _ : state) benchmark::DoNotOptimize(payload_peak(parse_trace("bench.rep", text)).bytes);
}
BENCHMARK(parse_and_peak)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
