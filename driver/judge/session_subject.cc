// Plain translation between settings.
#include "judge/session_subject.h"

#include <algorithm>

#include "judge/tree.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kHighHeapBase = 0x800000000;
// What the loader and the C and C++ libraries write: 16 KiB in a C submission, 60 KiB with <iostream>.
constexpr std::uint64_t kLibraryBytes = 128u << 10;
// In a 32-bit process the host program lies at 0x56555000, and payload words point to 0x5e...: a heap of 1
// GiB ends below both.
constexpr std::uint64_t kLowHeapBase = 0x10000000;
constexpr double kMostWatchedSeconds = 10;

bool heap_is_low(const Rubric& rubric) {
  return rubric.build.abi == Abi::kIlp32 || rubric.heap.base == HeapBase::kLow;
}

PointerWidth pointer_width(const Rubric& rubric) {
  return heap_is_low(rubric) ? PointerWidth::k32 : PointerWidth::k64;
}

bool init_returns_bool(InitRule rule, InitConvention declared) {
  switch (rule) {
    case InitRule::kAuto:
      return declared == InitConvention::kTrueIsSuccess;
    case InitRule::kZeroIsSuccess:
      return false;
    case InitRule::kTrueIsSuccess:
      return true;
  }
  return false;
}

}  // namespace

HostFiles own_host_files(const Rubric& rubric) {
  return host_files(build_dir_of_this_program(), rubric.build.abi == Abi::kIlp32);
}

BuildPlaces build_places(const Rubric& rubric, const std::filesystem::path& scratch_dir) {
  return {.include_dir = own_include_dir(),
          .memlib = own_host_files(rubric).memlib,
          .scratch_dir = scratch_dir,
          .confined = true};
}

LaunchSettings launch_settings(const Rubric& rubric, const Inspection& inspection,
                               const std::filesystem::path& library) {
  return {.host = own_host_files(rubric).host,
          .library = library,
          .interface = {.prefix = rubric.inspect.prefix,
                        .aligned_function = inspection.aligned_function,
                        .init_returns_bool = init_returns_bool(rubric.init, inspection.init),
                        .checker_function = inspection.checker.function},
          .heap_limit_bytes = rubric.heap.limit_bytes,
          .heap_base = heap_is_low(rubric) ? kLowHeapBase : kHighHeapBase,
          .heap_may_shrink = rubric.heap.may_shrink,
          .pointer_width = pointer_width(rubric),
          .request_seconds = rubric.deadlines.request_seconds,
          .trace_seconds = rubric.deadlines.trace_seconds};
}

LaunchSettings launch_settings(const Rubric& rubric, const Inspection& inspection, const std::filesystem::path& library,
                               bool require_isolation) {
  LaunchSettings settings = launch_settings(rubric, inspection, library);
  settings.sandbox.in_full = require_isolation;
  return settings;
}

ExamineSettings examine_settings(const Rubric& rubric, bool refuse_growth) {
  return {.rules = {.heap_limit_bytes = rubric.heap.limit_bytes,
                    .alignment = rubric.alignment_bytes(),
                    .pointer_width = pointer_width(rubric),
                    .heap_may_shrink = rubric.heap.may_shrink,
                    .layout = rubric.layout},
          .rerun = rubric.rerun,
          .other_fill = rubric.other_fill,
          .refuse_growth = refuse_growth,
          .max_bytes_outside_heap = kLibraryBytes + rubric.inspect.max_global_bytes};
}

void add_own_checks(const Inspection& inspection, ExamineSettings& settings) {
  settings.own_checks = !inspection.checker.function.empty();
  settings.rules.checker_result_bytes = inspection.checker.result_bytes;
}

SubjectFactory subject_factory(const LaunchSettings& settings) {
  return [settings] { return launch(settings); };
}

WatchedSubjectFactory watched_subject_factory(const LaunchSettings& settings) {
  LaunchSettings watched = settings;
  watched.trace_seconds = std::min(settings.trace_seconds, kMostWatchedSeconds);
  watched.request_seconds = watched.trace_seconds;  // it may be stepped through
  return [watched](const StoreWatch& watch) {
    LaunchSettings launching = watched;
    launching.watch = watch;
    return launch(launching);
  };
}

}  // namespace heapjudge
