#include "subject/mailbox_setup.h"

#include <unistd.h>

#include <algorithm>
#include <span>
#include <stdexcept>

#include "check.h"
#include "student/sandbox.h"

namespace heapjudge {

namespace {

void copy_name(const std::string& name, std::span<char> place) {
  ensure(name.size() < place.size(), "a function name is too long for the mailbox");
  std::copy(name.begin(), name.end(), place.begin());
}

}  // namespace

void write_setup(const LaunchSettings& settings, bool ilp32, Setup& setup) {
  setup.heap_base = settings.heap_base;
  setup.heap_limit_bytes = settings.heap_limit_bytes;
  setup.memory_bytes = settings.memory_bytes;
  setup.output_bytes = settings.output_bytes;
  // Three runs of a trace, and room for what the judge's own deadlines notice late.
  setup.cpu_seconds = static_cast<std::uint32_t>(3 * settings.trace_seconds) + 10;
  setup.heap_may_shrink = settings.heap_may_shrink ? 1 : 0;
  setup.init_returns_bool = settings.interface.init_returns_bool ? 1 : 0;
  setup.want_seccomp = settings.sandbox.seccomp ? 1 : 0;
  setup.want_landlock = settings.sandbox.landlock ? 1 : 0;
  setup.want_namespaces = settings.sandbox.namespaces ? 1 : 0;
  setup.judge_process = static_cast<std::uint32_t>(getpid());
  setup.pointer_width = static_cast<std::uint32_t>(settings.pointer_width);
  ensure(settings.watch.words.size() <= kMaxWatched, "more words to watch than there are places");
  std::ranges::copy(settings.watch.words, setup.watched);
  setup.watch_ways = settings.watch.ways;
  copy_name(settings.interface.prefix, setup.prefix);
  copy_name(settings.interface.aligned_function, setup.aligned_function);
  copy_name(settings.interface.checker_function, setup.checker_function);
  setup.loading = system_call_filter(SandboxPhase::kLoading, ilp32);
  setup.serving = system_call_filter(SandboxPhase::kServing, ilp32);
}

void add_program(const ProgramShape& shape, Setup& setup) {
  constexpr std::uint32_t kPassesPerTrace = 20;
  setup.program = shape;
  setup.memory_bytes += shape.bytes();
  setup.cpu_seconds *= kPassesPerTrace;
}

void add_valgrind(Setup& setup) {
  constexpr std::uint64_t kOwnMemory = 1536u << 20;
  constexpr std::uint64_t kOwnFiles = 16u << 20;
  setup.memory_bytes += kOwnMemory;
  setup.output_bytes = std::max(setup.output_bytes, kOwnFiles);
  setup.loading = system_call_filter(SandboxPhase::kCounting, false);
}

std::string isolation_text(std::uint32_t reached) {
  struct Layer {
    std::uint32_t bit;
    const char* name;
  };
  std::string missing;
  for (const Layer& layer : {Layer{kSeccompApplied, "seccomp"}, Layer{kLandlockApplied, "Landlock"},
                             Layer{kNamespacesEntered, "namespaces"}, Layer{kLimitsApplied, "limits"}}) {
    if ((reached & layer.bit) == 0) missing += (missing.empty() ? "no " : ", no ") + std::string(layer.name);
  }
  return missing.empty() ? "full" : "partial: " + missing;
}

void demand_full(const std::string& isolation) {
  if (isolation != "full") throw std::runtime_error("--require-isolation, but the isolation is " + isolation);
}

}  // namespace heapjudge
