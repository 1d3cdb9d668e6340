// What an execution costs: a submission behind the guard, that survives or crashes, against the same without it.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "judge/replay.h"
#include "tests/fuzz/guarded_text.h"
#include "trace/generate.h"

namespace heapjudge {
namespace {

// Sixteen lists of freed blocks, by size.
constexpr const char* kFreeLists = R"(
static void *lists[64];
int mm_init(void) { memset(lists, 0, sizeof lists); return 0; }
static size_t class_of(size_t n) { return (n + 15) / 16 < 63 ? (n + 15) / 16 : 63; }
void *mm_malloc(size_t n) {
  size_t c = class_of(n);
  void *p = lists[c];
  if (p != NULL && c != 63) {
    lists[c] = *(void **)p;
    ((size_t *)p)[-2] = n;
    return p;
  }
  size_t *block = mem_sbrk((n + 31) & ~(size_t)15);
  if (block == (void *)-1) return NULL;
  *block = n;
  return block + 2;
}
void mm_free(void *p) {
  if (p == NULL) return;
  size_t c = class_of(((size_t *)p)[-2]);
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

void executions(benchmark::State& state) {
  GuardedText text(kFreeLists);
  const Trace trace = log_normal({.requests = static_cast<std::size_t>(state.range(0)), .live_blocks = 40, .largest_bytes = 256});
  for (auto _ : state) {
    if (!text.run(trace).is_sound()) state.SkipWithError(("not sound at " + std::to_string(text.run(trace).request())).c_str());
  }
  state.counters["requests"] = benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(state.range(0)), benchmark::Counter::kIsRate);
  state.counters["executions"] = benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(executions)->Arg(20)->Arg(125)->Arg(1000);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
