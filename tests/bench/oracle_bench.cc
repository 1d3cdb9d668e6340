// The oracle per request against an ordered map, and the pattern against memset and memcmp.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "check.h"
#include "oracle/heap_profile.h"
#include "wire/payload_pattern.h"
#include "oracle/shadow_heap.h"

namespace heapjudge {
namespace {

// Removes and places blocks in slots, so that the number of live blocks stays and every reply is sound. The
// steps end where they began and can be taken again.
struct Churn {
  struct Step {
    BlockId block;
    std::uint64_t offset;
    std::uint64_t size;
  };
  std::uint64_t heap_bytes;
  std::vector<Step> initial;
  std::vector<Step> steps;  // remove the block, then place it so
};

Churn make_churn(std::uint32_t live_blocks, std::uint64_t slot_bytes) {
  std::mt19937 random(live_blocks);
  Churn churn{.heap_bytes = slot_bytes * live_blocks * 3 / 2, .initial = {}, .steps = {}};
  std::vector<std::uint64_t> slots(live_blocks * 3 / 2);
  for (std::size_t i = 0; i < slots.size(); ++i) slots[i] = i * slot_bytes;
  for (BlockId block = 0; block < live_blocks; ++block)
    churn.initial.push_back({block, slots[block], slot_bytes});
  std::vector<Churn::Step> now = churn.initial;  // by block
  std::vector<Churn::Step> way_back;
  for (int i = 0; i < 100000; ++i) {
    const auto block = static_cast<BlockId>(random() % live_blocks);
    std::swap(slots[block], slots[live_blocks + random() % (slots.size() - live_blocks)]);
    way_back.push_back(now[block]);
    now[block] = {block, slots[block], 1 + random() % slot_bytes};
    churn.steps.push_back(now[block]);
  }
  churn.steps.insert(churn.steps.end(), way_back.rbegin(), way_back.rend());
  return churn;
}

void place_or_die(ShadowHeap& shadow, const Churn& churn, const Churn::Step& step) {
  const auto violation = shadow.place(
      {.block = step.block, .offset = step.offset, .size = step.size, .heap_bytes = churn.heap_bytes});
  ensure(!violation, "bench: a sound placement is convicted");
}

std::size_t resident_bytes() {
  malloc_trim(0);  // what earlier benchmarks have freed would be taken again without a trace
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  statm >> total >> resident;
  return resident * 4096;
}

// Time per request: a step of the churn is two.
void shadow_requests(benchmark::State& state) {
  const auto live_blocks = static_cast<std::uint32_t>(state.range(0));
  const Churn churn = make_churn(live_blocks, static_cast<std::uint64_t>(state.range(1)));
  const std::size_t before = resident_bytes();
  ShadowHeap shadow({.heap_limit_bytes = 100u << 20, .alignment = 16, .block_count = live_blocks});
  for (const auto& step : churn.initial) place_or_die(shadow, churn, step);
  const std::size_t after = resident_bytes();
  std::size_t at = 0;
  while (state.KeepRunningBatch(2)) {
    shadow.remove(churn.steps[at].block);
    place_or_die(shadow, churn, churn.steps[at]);
    if (++at == churn.steps.size()) at = 0;
  }
  state.counters["bytes_per_block"] = static_cast<double>(after - before) / live_blocks;
}
BENCHMARK(shadow_requests)
    ->ArgNames({"live", "bytes"})
    ->Args({1000, 96})
    ->Args({10000, 96})
    ->Args({100000, 96})
    ->Args({1000, 65536});

// The baseline: extents by offset in a std::map, looking at both neighbours.
void ordered_map_requests(benchmark::State& state) {
  const auto live_blocks = static_cast<std::uint32_t>(state.range(0));
  const Churn churn = make_churn(live_blocks, static_cast<std::uint64_t>(state.range(1)));
  const std::size_t before = resident_bytes();
  std::map<std::uint64_t, std::uint64_t> end_by_offset;
  std::vector<std::uint64_t> offset_of(live_blocks);
  const auto place = [&](const Churn::Step& step) {
    const auto next = end_by_offset.lower_bound(step.offset);
    ensure(next == end_by_offset.end() || next->first >= step.offset + step.size, "bench: overlap");
    ensure(next == end_by_offset.begin() || std::prev(next)->second <= step.offset, "bench: overlap");
    end_by_offset.emplace_hint(next, step.offset, step.offset + step.size);
    offset_of[step.block] = step.offset;
  };
  for (const auto& step : churn.initial) place(step);
  const std::size_t after = resident_bytes();
  std::size_t at = 0;
  while (state.KeepRunningBatch(2)) {
    end_by_offset.erase(offset_of[churn.steps[at].block]);
    place(churn.steps[at]);
    if (++at == churn.steps.size()) at = 0;
  }
  state.counters["bytes_per_block"] = static_cast<double>(after - before) / live_blocks;
}
BENCHMARK(ordered_map_requests)
    ->ArgNames({"live", "bytes"})
    ->Args({1000, 96})
    ->Args({10000, 96})
    ->Args({100000, 96})
    ->Args({1000, 65536});

// Time per block visited, when of the live blocks so many percent have been placed since the last sweep.
void shadow_sweep(benchmark::State& state) {
  const auto live_blocks = static_cast<std::uint32_t>(state.range(0));
  const Churn churn = make_churn(live_blocks, 96);
  ShadowHeap shadow({.heap_limit_bytes = 100u << 20, .alignment = 16, .block_count = live_blocks});
  for (const auto& step : churn.initial) place_or_die(shadow, churn, step);
  std::size_t at = 0;
  while (state.KeepRunningBatch(live_blocks)) {
    state.PauseTiming();
    for (std::int64_t i = 0; i < live_blocks * state.range(1) / 100;
         ++i, at = (at + 1) % churn.steps.size()) {
      shadow.remove(churn.steps[at].block);
      place_or_die(shadow, churn, churn.steps[at]);
    }
    state.ResumeTiming();
    std::uint64_t bytes = 0;
    shadow.for_each([&](BlockId, const Extent& extent) { bytes += extent.size; });
    benchmark::DoNotOptimize(bytes);
  }
}
BENCHMARK(shadow_sweep)
    ->ArgNames({"live", "percent"})
    ->Args({1000, 1})
    ->Args({100000, 1})
    ->Args({100000, 100});

void profiler_record(benchmark::State& state) {
  const ShadowHeap shadow({.heap_limit_bytes = 1u << 20, .alignment = 16, .block_count = 1});
  HeapProfiler profiler(1u << 30, 0, 16);
  std::size_t request = 0;
  for (auto _ : state) {
    profiler.record(++request, shadow, 4096);
    benchmark::DoNotOptimize(profiler);
  }
}
BENCHMARK(profiler_record);

void set_bytes(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void pattern_fill(benchmark::State& state) {
  std::vector<std::byte> payload(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    PayloadPattern(PointerWidth::k64).fill(payload, 12345);
    benchmark::ClobberMemory();
  }
  set_bytes(state);
}
BENCHMARK(pattern_fill)->Arg(24)->Arg(100)->Arg(1000)->Arg(4000)->Arg(1 << 16)->Arg(1 << 24);

void memset_fill(benchmark::State& state) {
  std::vector<std::byte> payload(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    std::memset(payload.data(), 0x5e, payload.size());
    benchmark::ClobberMemory();
  }
  set_bytes(state);
}
BENCHMARK(memset_fill)->Arg(24)->Arg(100)->Arg(1000)->Arg(4000)->Arg(1 << 16)->Arg(1 << 24);

template <PointerWidth kWidth>
void pattern_compare(benchmark::State& state) {
  std::vector<std::byte> payload(static_cast<std::size_t>(state.range(0)));
  PayloadPattern(kWidth).fill(payload, 12345);
  for (auto _ : state) {
    benchmark::DoNotOptimize(payload.data());
    ensure(!PayloadPattern(kWidth).compare(payload, 12345, 0), "bench: an intact payload is convicted");
  }
  set_bytes(state);
}
BENCHMARK(pattern_compare<PointerWidth::k64>)
    ->Arg(24)
    ->Arg(100)
    ->Arg(1000)
    ->Arg(4000)
    ->Arg(1 << 16)
    ->Arg(1 << 24);
BENCHMARK(pattern_compare<PointerWidth::k32>)->Arg(100)->Arg(4000)->Arg(1 << 24);

void zero_compare(benchmark::State& state) {
  const std::vector<std::byte> payload(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(payload.data());
    ensure(!compare_with_zero(payload, 0), "bench: zeros are convicted");
  }
  set_bytes(state);
}
BENCHMARK(zero_compare)->Arg(4000)->Arg(1 << 24);

// The baseline reads two buffers, where the pattern reads one.
void memcmp_compare(benchmark::State& state) {
  const std::vector<std::byte> payload(static_cast<std::size_t>(state.range(0)));
  const std::vector<std::byte> other(payload);
  for (auto _ : state) {
    benchmark::DoNotOptimize(std::memcmp(payload.data(), other.data(), payload.size()));
    benchmark::ClobberMemory();
  }
  set_bytes(state);
}
BENCHMARK(memcmp_compare)->Arg(24)->Arg(100)->Arg(1000)->Arg(4000)->Arg(1 << 16)->Arg(1 << 24);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
