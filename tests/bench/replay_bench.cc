// What a checked replay costs: through the sandbox, against the same replay in our own process, on an idle and on
// a busy machine; what a launch costs, against that of an empty program; and the memory of the judge.
#include <benchmark/benchmark.h>
#include <spawn.h>
#include <sys/wait.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>

#include "judge/replay.h"
#include "subject/local_subject.h"
#include "tests/tiny_allocator.h"
#include "trace/generate.h"

namespace heapjudge {
namespace {

// Small blocks in a size-segregated array of free lists: the subject costs a few nanoseconds a request.
constexpr const char* kFreeLists = R"(
static void *lists[64];
int mm_init(void) { memset(lists, 0, sizeof lists); return 0; }
static size_t class_of(size_t n) { return (n + 15) / 16 < 63 ? (n + 15) / 16 : 63; }
void *mm_malloc(size_t n) {
  size_t c = class_of(n);
  void *p = lists[c];
  if (p == NULL || c == 63) return place(n);
  lists[c] = *(void **)p;
  *(size_t *)((char *)p - kAlign) = n;
  return p;
}
void mm_free(void *p) {
  if (p == NULL) return;
  size_t c = class_of(size_of(p));
  *(void **)p = lists[c];
  lists[c] = p;
}
)";

constexpr std::size_t kRequests = 100'000;

const TinyAllocator& allocator() {
  static const TinyAllocator built(kFreeLists);
  return built;
}

// 100 000 requests for 1 to 256 bytes, about 2 000 blocks live at a time.
const Trace& small_blocks() {
  static const Trace trace = log_normal({.requests = kRequests, .live_blocks = 2000, .largest_bytes = 256});
  return trace;
}

// Other programs that want both cores.
class Load {
 public:
  explicit Load(unsigned threads) {
    for (unsigned i = 0; i < threads; ++i) {
      threads_.emplace_back([this] {
        while (!stop_.load(std::memory_order_relaxed)) benchmark::DoNotOptimize(++spins_);
      });
    }
  }
  ~Load() {
    stop_ = true;
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  std::atomic<bool> stop_ = false;
  std::atomic<std::uint64_t> spins_ = 0;
  std::vector<std::thread> threads_;
};

void replay_all(benchmark::State& state, Subject& subject) {
  const ReplayRules rules;
  for (auto _ : state) {
    const ReplayResult result = replay(subject, small_blocks(), rules, {.profile = true});
    if (!result.is_sound()) state.SkipWithError("the replay is not sound");
  }
  state.counters["per_request"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * kRequests,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void replay_in_process(benchmark::State& state) {
  const auto subject = load_locally(allocator().launch_settings());
  replay_all(state, *subject);
}
BENCHMARK(replay_in_process)->Unit(benchmark::kMillisecond)->UseRealTime();

void replay_through_sandbox(benchmark::State& state) {
  const Load load(static_cast<unsigned>(state.range(0)));
  LaunchSettings settings = allocator().launch_settings();
  settings.trace_seconds = 60;
  const auto subject = launch(settings);
  replay_all(state, *subject);
}
BENCHMARK(replay_through_sandbox)->ArgName("busy_threads")->Arg(0)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void launch_empty_program(benchmark::State& state) {
  for (auto _ : state) {
    char name[] = "/bin/true";
    char* arguments[] = {name, nullptr};
    pid_t child = 0;
    if (posix_spawn(&child, name, nullptr, nullptr, arguments, nullptr) != 0) state.SkipWithError("cannot spawn");
    waitpid(child, nullptr, 0);
  }
}
BENCHMARK(launch_empty_program)->Unit(benchmark::kMillisecond)->UseRealTime();

void launch_into_sandbox(benchmark::State& state) {
  const LaunchSettings settings = allocator().launch_settings();
  for (auto _ : state) {
    const auto subject = launch(settings);
    Reply reply;
    if (subject->begin({}, reply).ended) state.SkipWithError("the subject did not start");
    subject->end();
  }
}
BENCHMARK(launch_into_sandbox)->Unit(benchmark::kMillisecond)->UseRealTime();

std::uint64_t anonymous_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) return std::stoull(line.substr(8)) * 1024;
  }
  return 0;
}

// Passes everything on, and looks at our own memory when the replay asks for the last time.
class MemoryProbe final : public Subject {
 public:
  explicit MemoryProbe(Subject& subject) : subject_(subject) {}
  Progress begin(const RunSettings& settings, Reply& reply) override { return subject_.begin(settings, reply); }
  Progress serve(std::span<const Command> commands, std::span<Reply> replies) override {
    return subject_.serve(commands, replies);
  }
  std::size_t max_batch() const override { return subject_.max_batch(); }
  std::span<std::byte> heap() override { return subject_.heap(); }
  std::uint64_t heap_base() const override { return subject_.heap_base(); }
  std::uint64_t touched_bytes() override {
    bytes_at_end = anonymous_bytes();
    return subject_.touched_bytes();
  }
  std::uint64_t bytes_outside_heap() override { return 0; }
  std::string isolation() const override { return subject_.isolation(); }
  const Ending& end() override { return subject_.end(); }

  std::uint64_t bytes_at_end = 0;

 private:
  Subject& subject_;
};

// Trace, shadow, replies and all, in bytes per request; the baseline is the bare requests' 16.
void memory_of_the_judge(benchmark::State& state) {
  const auto child = launch(allocator().launch_settings());
  double per_request = 0;
  for (auto _ : state) {
    const std::uint64_t before = anonymous_bytes();
    const Trace trace = bimodal({.requests = 1000000, .live_blocks = 200000, .largest_bytes = 256});
    MemoryProbe probe(*child);
    replay(probe, trace, {}, {.profile = true});
    per_request = static_cast<double>(probe.bytes_at_end - before) / 1e6;
  }
  state.counters["bytes_per_request"] = per_request;
  state.counters["baseline"] = sizeof(Request);
}
BENCHMARK(memory_of_the_judge)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
