// A submission as a libFuzzer target of its own, for $LIB_FUZZING_ENGINE, -fork, -merge and what else libFuzzer does.
//
// Usage: submission_fuzz --library=mm.so [libFuzzer's flags]; or, where no argument can be given, with the library in
// the environment variable HEAPJUDGE_LIBRARY, or as submission.so in the folder of this program. The library is what
// guarded_library makes. It is not locked in. A finding is printed as a trace and ends the process by SIGABRT.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/guarded_subject.h"
#include "fuzz/hunter.h"
#include "submission/inspect.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kHeapBytes = 64u << 20;
constexpr std::string_view kLibraryFlag = "--library=";

fs::path library_named(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with(kLibraryFlag)) return word.substr(kLibraryFlag.size());
  }
  if (const char* const name = std::getenv("HEAPJUDGE_LIBRARY")) return name;
  return fs::canonical("/proc/self/exe").parent_path() / "submission.so";
}

// The hunter has found a way to make the submission fail: the process is to end as one that crashed.
void tell(const Catch& caught) {
  std::fprintf(stderr, "[%s] at request %zu of\n%s", code_of(caught.sighting.fault).c_str(), caught.sighting.request,
               print_trace(caught.trace).c_str());
  std::abort();
}

struct Target {
  explicit Target(const fs::path& library)
      : subject(settings_for(library)), hunter(subject, {.rules = {.heap_limit_bytes = kHeapBytes}}, tell) {}

  static GuardedSettings settings_for(const fs::path& library) {
    const Inspection inspection = inspect(library, {});
    return {.library = library,
            .interface = {.aligned_function = inspection.aligned_function,
                          .init_returns_bool = inspection.init == InitConvention::kTrueIsSuccess},
            .heap_limit_bytes = kHeapBytes};
  }

  GuardedSubject subject;
  Hunter hunter;
};
std::unique_ptr<Target> target;

// libFuzzer's own handler would come before the guard's, and leave the signal blocked when the guard leaves a submission
// that has crashed: the next crash would end the process.
void leave_crashes_to_the_guard(int* argc, char*** argv) {
  static char flag[] = "-handle_segv=0";
  static std::vector<char*> words;
  words.assign(*argv, *argv + *argc);
  words.push_back(flag);
  words.push_back(nullptr);
  *argc = static_cast<int>(words.size()) - 1;
  *argv = words.data();
}

}  // namespace
}  // namespace heapjudge

// An engine without it, such as one that only runs files, counts no edges.
extern "C" [[gnu::weak]] void __sanitizer_cov_8bit_counters_init(std::uint8_t* start, std::uint8_t* stop);

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  using namespace heapjudge;
  try {
    target = std::make_unique<Target>(library_named(*argc, *argv));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    std::exit(2);
  }
  std::signal(SIGABRT, SIG_DFL);  // libFuzzer leaves a handler alone that is there, and would not keep the input
  EdgeCounters counters;
  heapjudge_guard_edge_counters(&counters);
  if (__sanitizer_cov_8bit_counters_init == nullptr) return 0;
  leave_crashes_to_the_guard(argc, argv);
  __sanitizer_cov_8bit_counters_init(reinterpret_cast<std::uint8_t*>(counters.start),
                                     reinterpret_cast<std::uint8_t*>(counters.stop));
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heapjudge::target->hunter.try_input({data, size});
  return 0;
}
