// What the recorder adds to a request: the C library's own functions beside the same ones through the
// recorder.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "record/log_file.h"

namespace heapjudge {
namespace {

struct Functions {
  void* (*malloc)(std::size_t);
  void* (*realloc)(void*, std::size_t);
  void (*free)(void*);
};

// The recorder as a program loads it, on a log that is not full before the benchmark ends.
class LoadedRecorder {
 public:
  LoadedRecorder() {
    const char* const build = std::getenv("HEAPJUDGE_BINARY_DIR");
    std::filesystem::create_directory(folder_);
    log_ = std::make_unique<LogFile>(folder_ / "log", LogOptions{.most_records = std::uint64_t{1} << 32});
    log_->header().main_pid = static_cast<std::uint32_t>(::getpid());
    ::setenv(kLogVariable, log_->path().c_str(), 1);
    const std::string library =
        std::string(build == nullptr ? "build" : build) + "/record/libheapjudge_recorder.so";
    void* const handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) throw std::runtime_error(::dlerror());
    find(functions_.malloc, handle, "malloc");
    find(functions_.realloc, handle, "realloc");
    find(functions_.free, handle, "free");
  }
  ~LoadedRecorder() { std::filesystem::remove_all(folder_); }

  const Functions& functions() const { return functions_; }
  const LogFile& log() const { return *log_; }

 private:
  template <typename Function>
  static void find(Function*& function, void* handle, const char* name) {
    function = reinterpret_cast<Function*>(::dlsym(handle, name));
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("record_bench." + std::to_string(::getpid()));
  std::unique_ptr<LogFile> log_;
  Functions functions_{};
};

LoadedRecorder& recorder() {
  static LoadedRecorder loaded;
  return loaded;
}

const Functions& functions(bool recorded) {
  static const Functions plain{&::malloc, &::realloc, &::free};
  return recorded ? recorder().functions() : plain;
}

// Sixteen blocks come and go; two requests for each.
void malloc_free(benchmark::State& state) {
  const bool recorded = state.range(0) != 0;
  const Functions& use = functions(recorded);
  const std::uint64_t before = recorder().log().header().next;
  void* blocks[16] = {};
  std::size_t at = 0;
  std::int64_t requests = 0;
  for (auto _ : state) {
    use.free(blocks[at]);
    blocks[at] = use.malloc(16 + at * 24);
    benchmark::DoNotOptimize(blocks[at]);
    at = (at + 1) % 16;
    requests += 2;
  }
  for (void* block : blocks) use.free(block);
  if (recorded && recorder().log().header().next - before < static_cast<std::uint64_t>(requests)) {
    state.SkipWithError("the recorder did not record");
  }
  state.SetItemsProcessed(requests);
}
BENCHMARK(malloc_free)->ArgName("recorded")->Arg(0)->Arg(1);
BENCHMARK(malloc_free)->ArgName("recorded")->Arg(0)->Arg(1)->Threads(2)->UseRealTime();

void realloc_in_place(benchmark::State& state) {
  const Functions& use = functions(state.range(0) != 0);
  void* block = use.malloc(100);
  std::size_t size = 100;
  for (auto _ : state) {
    block = use.realloc(block, size);
    size ^= 1;
    benchmark::DoNotOptimize(block);
  }
  use.free(block);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(realloc_in_place)->ArgName("recorded")->Arg(0)->Arg(1);

}  // namespace
}  // namespace heapjudge

BENCHMARK_MAIN();
