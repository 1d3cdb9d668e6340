// A carpet by exact area, beside what a first program would do: a rectangle of pixels for each block.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>
#include <vector>

#include "history/carpet.h"
#include "history/latency_grid.h"
#include "history/series.h"

namespace heapjudge {
namespace {

constexpr std::size_t kColumns = 616;
constexpr std::size_t kRows = 224;

// Blocks in slots of 16 to 512 bytes; half of the requests free, and about 4 000 blocks are live.
HeapHistory history_of(std::size_t requests) {
  constexpr std::uint64_t kSlots = 8'000;
  constexpr std::uint64_t kSlotBytes = 528;
  std::mt19937 random(1);
  HeapHistory history{.grown_bytes = {0}};
  std::vector<std::size_t> life_in(kSlots);  // plus 1; 0: free
  std::uint64_t grown = 0;
  for (std::size_t request = 1; request <= requests; ++request) {
    const std::size_t slot = random() % kSlots;
    if (life_in[slot] != 0) {
      history.blocks[life_in[slot] - 1].died = request;
      life_in[slot] = 0;
    } else {
      const std::uint64_t size = 1 + random() % 512;
      history.blocks.push_back(
          {static_cast<BlockId>(slot), request, requests + 1, slot * kSlotBytes + 16, size});
      life_in[slot] = history.blocks.size();
      grown = std::max(grown, (slot + 1) * kSlotBytes);
    }
    history.grown_bytes.push_back(grown);
  }
  return history;
}

void carpet(benchmark::State& state) {
  const HeapHistory history = history_of(static_cast<std::size_t>(state.range(0)));
  const RequestSpan window{1, history.requests()};
  const AddressAxis axis = axis_of({&history}, window);
  for (auto _ : state)
    benchmark::DoNotOptimize(carpet_of(history, {window, axis, kColumns, kRows}).cells.data());
}
BENCHMARK(carpet)->ArgName("requests")->Arg(50'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

// Baseline: every pixel that a block touches is payload. A full region looks right, and so does a striped
// one.
void rectangle_for_each_block(benchmark::State& state) {
  const HeapHistory history = history_of(static_cast<std::size_t>(state.range(0)));
  const AddressAxis axis = axis_of({&history}, {1, history.requests()});
  std::vector<std::uint8_t> pixels(kColumns * kRows);
  for (auto _ : state) {
    std::ranges::fill(pixels, 0);
    for (const BlockLife& life : history.blocks) {
      const std::size_t left = (life.born - 1) * kColumns / history.requests();
      const std::size_t right = std::min(kColumns - 1, (life.died - 1) * kColumns / history.requests());
      const std::size_t bottom = life.offset * kRows / axis.height;
      const std::size_t top = std::min(kRows - 1, (life.offset + life.size) * kRows / axis.height);
      for (std::size_t column = left; column <= right; ++column) {
        std::fill(&pixels[column * kRows + bottom], &pixels[column * kRows + top] + 1, std::uint8_t{1});
      }
    }
    benchmark::DoNotOptimize(pixels.data());
  }
}
BENCHMARK(rectangle_for_each_block)
    ->ArgName("requests")
    ->Arg(50'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);

void series(benchmark::State& state) {
  const HeapHistory history = history_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(series_of(history, {1, history.requests()}, kColumns).data());
}
// A grid of times and their figures, as the picture of them has them.
void latencies(benchmark::State& state) {
  std::mt19937 random(1);
  std::lognormal_distribution<float> nanoseconds(4, 1);
  std::vector<Request> requests(static_cast<std::size_t>(state.range(0)), Request{.op = Op::kFree});
  Latencies latencies{.nanoseconds = {}, .replays = 1};
  for (std::size_t i = 0; i < requests.size(); ++i) latencies.nanoseconds.push_back(nanoseconds(random));
  const Trace trace("free.rep", {}, 0, std::move(requests));
  const RequestSpan window{1, trace.requests().size()};
  for (auto _ : state) {
    const TimeAxis axis = time_axis(trace, {&latencies}, window);
    benchmark::DoNotOptimize(latency_grid_of(trace, latencies, {window, axis, kColumns, kRows}).columns);
    benchmark::DoNotOptimize(latency_figures(trace, latencies, window).median);
  }
}
BENCHMARK(latencies)->ArgName("requests")->Arg(50'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

BENCHMARK(series)->ArgName("requests")->Arg(50'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
