// What fuzzing costs: executions a second behind the guard, when all survive and when a third crashes, against the
// same replay of an allocator that nobody watches; and how soon a failing trace is small.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "fuzz/engine.h"
#include "fuzz/hunter.h"
#include "fuzz/input.h"
#include "tests/fuzz/guarded_text.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kSeed = 1;

// Lists of freed blocks, by size; every third free of a block of this size crashes where CRASHES says so.
constexpr const char* kFreeLists = R"(
static void *lists[64];
static unsigned calls;
int mm_init(void) { memset(lists, 0, sizeof lists); calls = 0; return 0; }
static size_t class_of(size_t n) { return (n + 15) / 16 < 63 ? (n + 15) / 16 : 63; }
void *mm_malloc(size_t n) {
  size_t c = class_of(n);
  void *p = lists[c];
  if (p != NULL && c != 63) {
    lists[c] = *(void **)p;
    ((size_t *)p)[-2] = n;
    return p;
  }
  if (n > 1ul << 30) return NULL;
  size_t *block = mem_sbrk((long)((n + 31) & ~(size_t)15));
  if (block == (void *)-1) return NULL;
  *block = n;
  return block + 2;
}
void mm_free(void *p) {
  if (p == NULL) return;
  size_t c = class_of(((size_t *)p)[-2]);
  if (CRASHES && c % 3 == 1 && ++calls > 2) *(volatile int *)8 = 1;
  *(void **)p = lists[c];
  lists[c] = p;
}
void *mm_realloc(void *p, size_t n) {
  if (p == NULL) return mm_malloc(n);
  size_t before = ((size_t *)p)[-2];
  void *q = mm_malloc(n);
  if (q != NULL) memcpy(q, p, before < n ? before : n);
  if (q != NULL) mm_free(p);
  return q;
}
)";

std::string text_that(bool crashes) { return std::string("#define CRASHES ") + (crashes ? "1" : "0") + kFreeLists; }

void count(benchmark::State& state, const GuardedSubject& subject, const Hunter& hunter) {
  const auto rate = [](std::uint64_t number) {
    return benchmark::Counter(static_cast<double>(number), benchmark::Counter::kIsRate);
  };
  state.counters["requests"] = rate(subject.requests_served());
  state.counters["executions"] = rate(hunter.executions());
  state.counters["escaped"] = static_cast<double>(hunter.escapes()) / static_cast<double>(std::max<std::uint64_t>(1, hunter.executions()));
}

// One iteration is one input of the generator, sane sizes only: what the others add crashes on its own account.
void hunt(benchmark::State& state, bool crashes) {
  GuardedText text(text_that(crashes));
  Hunter hunter(text.subject(), {.rules = {.heap_limit_bytes = GuardedText::kHeapLimit}, .highest_tier = Tier::kP0}, [](const Catch&) {});
  InputSource source({.seed = kSeed, .highest_tier = Tier::kP0});
  for (int warm_up = 0; warm_up < 500; ++warm_up) hunter.try_input(source.next());
  for (auto _ : state) hunter.try_input(source.next());
  count(state, text.subject(), hunter);
}

void hunt_surviving(benchmark::State& state) { hunt(state, false); }
BENCHMARK(hunt_surviving);

void hunt_crashing(benchmark::State& state) { hunt(state, true); }
BENCHMARK(hunt_crashing);

// The baseline: decoding alone, of the same inputs.
void only_decode(benchmark::State& state) {
  InputDecoder decoder({.highest_tier = Tier::kP0});
  InputSource source({.seed = kSeed, .highest_tier = Tier::kP0});
  std::uint64_t requests = 0;
  for (auto _ : state) requests += decoder.decode(source.next()).requests.size();
  state.counters["requests"] = benchmark::Counter(static_cast<double>(requests), benchmark::Counter::kIsRate);
}
BENCHMARK(only_decode);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
