// What fuzzing costs: requests and executions a second behind the guard, when all executions survive and when a third
// crashes, over inputs as long as the generator makes them, over some of middle length and over short ones; against what
// decoding the same inputs costs alone. Making inputs as they come counts, too; the others lie ready.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/engine.h"
#include "fuzz/hunter.h"
#include "fuzz/input.h"
#include "tests/fuzz/guarded_text.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kHeapLimit = 100u << 20;  // that of the default rubric

constexpr std::size_t kReadyInputs = 4096;  // different ones

// kMiddle is where 40 000 executions and 5 million requests a second are the same speed.
enum class Length { kAny, kMiddle, kShort };

// Records of the inputs that lie ready.
std::pair<std::size_t, std::size_t> records_of(Length length) {
  return length == Length::kShort ? std::pair<std::size_t, std::size_t>{0, 32} : std::pair<std::size_t, std::size_t>{32, 48};
}

// Lists of freed blocks, by size. The first size that an execution asks for decides, in CRASHES of 64 cases, that it
// crashes when it first frees a block.
constexpr const char* kFreeLists = R"(
static void *lists[64];
static size_t first;
int mm_init(void) { memset(lists, 0, sizeof lists); first = 0; return 0; }
static size_t class_of(size_t n) { return (n + 15) / 16 < 63 ? (n + 15) / 16 : 63; }
void *mm_malloc(size_t n) {
  if (CRASHES && first == 0) first = n;
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
  if (CRASHES && (unsigned)first * 2654435761u >> 26 < CRASHES) *(volatile int *)8 = 1;
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

// So many of 64 that a third of the executions crash. Some short inputs free nothing.
unsigned crashes_of_64(Length length) { return length == Length::kShort ? 35 : 26; }

std::string text_that_crashes(unsigned of_64) { return "#define CRASHES " + std::to_string(of_64) + kFreeLists; }

// Inputs of the generator, sane sizes only: what the others add crashes on its own account.
constexpr EngineSettings kEngine{.seed = kSeed, .highest_tier = Tier::kP0};

class Inputs {
 public:
  explicit Inputs(Length length) {
    if (length != Length::kAny) make_ready(records_of(length));
  }

  std::span<const std::uint8_t> next() { return ready_.empty() ? source_.next() : ready_[at_++ % ready_.size()]; }

 private:
  void make_ready(const std::pair<std::size_t, std::size_t>& records) {
    while (ready_.size() < kReadyInputs) {
      const std::vector<std::uint8_t>& input = source_.next();
      const std::size_t count = record_count(input.size());
      if (records.first <= count && count <= records.second) ready_.push_back(input);
    }
  }

  InputSource source_{kEngine};
  std::vector<std::vector<std::uint8_t>> ready_;
  std::size_t at_ = 0;
};

benchmark::Counter rate(std::uint64_t number) {
  return benchmark::Counter(static_cast<double>(number), benchmark::Counter::kIsRate);
}

double share(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(std::max<std::uint64_t>(1, whole));
}

// One iteration is one input, which is one execution or two.
void hunt(benchmark::State& state, bool crashes, Length length) {
  GuardedText text(text_that_crashes(crashes ? crashes_of_64(length) : 0), kHeapLimit);
  Hunter hunter(text.subject(), {.rules = {.heap_limit_bytes = kHeapLimit}, .highest_tier = Tier::kP0}, [](const Catch&) {});
  Inputs inputs(length);
  for (int warm_up = 0; warm_up < 500; ++warm_up) hunter.try_input(inputs.next());
  const std::uint64_t requests_before = text.subject().requests_served();
  const std::uint64_t executions_before = hunter.executions();
  const std::uint64_t escapes_before = hunter.escapes();
  for (auto _ : state) hunter.try_input(inputs.next());
  const std::uint64_t requests = text.subject().requests_served() - requests_before;
  const std::uint64_t executions = hunter.executions() - executions_before;
  state.counters["requests"] = rate(requests);
  state.counters["executions"] = rate(executions);
  state.counters["length"] = share(requests, executions);
  state.counters["escaped"] = share(hunter.escapes() - escapes_before, executions);
}

void hunt_surviving(benchmark::State& state) { hunt(state, false, Length::kAny); }
BENCHMARK(hunt_surviving);

void hunt_crashing(benchmark::State& state) { hunt(state, true, Length::kAny); }
BENCHMARK(hunt_crashing);

void hunt_surviving_middle(benchmark::State& state) { hunt(state, false, Length::kMiddle); }
BENCHMARK(hunt_surviving_middle);

void hunt_crashing_middle(benchmark::State& state) { hunt(state, true, Length::kMiddle); }
BENCHMARK(hunt_crashing_middle);

void hunt_surviving_short(benchmark::State& state) { hunt(state, false, Length::kShort); }
BENCHMARK(hunt_surviving_short);

void hunt_crashing_short(benchmark::State& state) { hunt(state, true, Length::kShort); }
BENCHMARK(hunt_crashing_short);

// The baseline: the same inputs, decoded and nothing more.
void only_decode(benchmark::State& state, Length length) {
  InputDecoder decoder({.highest_tier = Tier::kP0, .heap_limit_bytes = kHeapLimit});
  Inputs inputs(length);
  std::uint64_t requests = 0;
  std::uint64_t made = 0;
  for (auto _ : state) {
    requests += decoder.decode(inputs.next()).requests.size();
    ++made;
  }
  state.counters["requests"] = rate(requests);
  state.counters["inputs"] = rate(made);
  state.counters["length"] = share(requests, made);
}

void decode_alone(benchmark::State& state) { only_decode(state, Length::kAny); }
BENCHMARK(decode_alone);

void decode_alone_short(benchmark::State& state) { only_decode(state, Length::kShort); }
BENCHMARK(decode_alone_short);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
