// How fast traces are parsed, beside what the machine can do at best and what simple loops do.
#include <benchmark/benchmark.h>

#include <charconv>
#include <cstdint>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

#include "trace/rep_format.h"

namespace heapjudge {
namespace {

struct Shape {
  std::size_t requests = 0;
  std::size_t live_blocks = 0;
  unsigned realloc_of_16 = 0;
  bool spaced = false;  // with comments and blank lines, so that the slow reader has its share
};

// Random sizes and lifetimes in the form of the classic files; the steps are a linear congruence.
std::string trace_text(const Shape& shape) {
  std::uint64_t random = 12345;
  const auto below = [&random](std::uint64_t limit) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    return (random >> 33) % limit;
  };
  std::vector<Request> requests;
  std::vector<BlockId> live;
  BlockId ids = 0;
  while (requests.size() < shape.requests) {
    const std::uint64_t size = below(4) == 0 ? below(65536) + 1 : below(600) + 1;
    if (!live.empty() && below(16) < shape.realloc_of_16) {
      requests.push_back({.size = size, .block = live[below(live.size())], .op = Op::kRealloc});
    } else if (live.size() < shape.live_blocks && below(2) == 0) {
      live.push_back(ids);
      requests.push_back({.size = size, .block = ids++});
    } else if (!live.empty()) {
      std::swap(live[below(live.size())], live.back());
      requests.push_back({.block = live.back(), .op = Op::kFree});
      live.pop_back();
    }
  }
  const std::string text = print_trace(Trace("bench.rep", {}, ids, std::move(requests)));
  if (!shape.spaced) return text;
  std::istringstream lines(text);
  std::string spaced;
  for (std::string line; std::getline(lines, line);) spaced += line + (below(8) == 0 ? "  # note\n\n" : "\n");
  return spaced;
}

constexpr Shape kClassic{.requests = 100'000, .live_blocks = 2'000};
constexpr Shape kWithRealloc{.requests = 100'000, .live_blocks = 2'000, .realloc_of_16 = 5};
constexpr Shape kLarge{.requests = 4'000'000, .live_blocks = 100'000};
constexpr Shape kSpaced{.requests = 100'000, .live_blocks = 2'000, .spaced = true};

void count(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void parse(benchmark::State& state, const Shape& shape) {
  const std::string text = trace_text(shape);
  for (auto _ : state) benchmark::DoNotOptimize(parse_trace("bench.rep", text).requests().size());
  count(state, text);
  state.counters["requests"] =
      benchmark::Counter(static_cast<double>(shape.requests), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK_CAPTURE(parse, classic, kClassic);
BENCHMARK_CAPTURE(parse, with_realloc, kWithRealloc);
BENCHMARK_CAPTURE(parse, large, kLarge)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(parse, spaced, kSpaced);

// Baseline: find the line feeds, nothing more.
void find_lines(benchmark::State& state, const Shape& shape) {
  const std::string text = trace_text(shape);
  for (auto _ : state) {
    std::size_t lines = 0;
    const char* end = text.data() + text.size();
    for (const char* at = text.data(); at != end; ++lines) {
      at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at))) + 1;
    }
    benchmark::DoNotOptimize(lines);
  }
  count(state, text);
}
BENCHMARK_CAPTURE(find_lines, classic, kClassic);

// Baseline: std::from_chars for every number, no checks at all, into memory that is there already.
void from_chars_loop(benchmark::State& state, const Shape& shape) {
  const std::string text = trace_text(shape);
  std::vector<Request> requests(shape.requests + 4);
  for (auto _ : state) {
    std::size_t n = 0;
    const char* end = text.data() + text.size();
    for (const char* at = text.data(); at < end; ++n) {
      Request& request = requests[n];
      const char letter = *at;
      if (letter >= 'a') at += 2;
      at = std::from_chars(at, end, request.block).ptr;
      if (letter == 'a' || letter == 'r') at = std::from_chars(at + 1, end, request.size).ptr;
      ++at;
    }
    benchmark::DoNotOptimize(requests.data());
    benchmark::ClobberMemory();
  }
  count(state, text);
}
BENCHMARK_CAPTURE(from_chars_loop, classic, kClassic);

// Baseline: what a first program would do.
void istream_loop(benchmark::State& state, const Shape& shape) {
  const std::string text = trace_text(shape);
  for (auto _ : state) {
    std::istringstream in(text);
    std::uint64_t header = 0;
    for (int i = 0; i < 4; ++i) in >> header;
    std::vector<Request> requests;
    Request request;
    for (char letter = 0; in >> letter >> request.block;) {
      if (letter != 'f') in >> request.size;
      requests.push_back(request);
    }
    benchmark::DoNotOptimize(requests.size());
  }
  count(state, text);
}
BENCHMARK_CAPTURE(istream_loop, classic, kClassic);

void print(benchmark::State& state, const Shape& shape) {
  const std::string text = trace_text(shape);
  const Trace trace = parse_trace("bench.rep", text);
  for (auto _ : state) benchmark::DoNotOptimize(print_trace(trace).size());
  count(state, text);
}
BENCHMARK_CAPTURE(print, classic, kClassic);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
