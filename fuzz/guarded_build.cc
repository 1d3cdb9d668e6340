#include "fuzz/guarded_build.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include "judge/session.h"
#include "judge/tree.h"
#include "subject/child_subject.h"
#include "submission/run_tool.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCompiler = "clang";

// Without `edge`, clang 14 emits nothing at all.
constexpr const char* kCoverage = "-fsanitize-coverage=edge,inline-8bit-counters,trace-loads,trace-stores";

// What fuzz/guard/wrapped_calls.cc answers in the place of libc.
constexpr std::array kWrapped{"memcpy",  "memmove",    "memset",      "mempcpy",    "bcopy", "bzero",
                              "mem_memcpy", "mem_memmove", "mem_memset", "exit",   "_exit", "_Exit",
                              "quick_exit", "abort",   "__assert_fail", "malloc",  "calloc", "realloc",
                              "free"};

std::vector<std::string> link_flags() {
  std::vector<std::string> flags;
  for (const char* name : kWrapped) flags.push_back(std::string("-Wl,--wrap=") + name);
  return flags;
}

// Calls must stay calls, or nobody sees what they write.
BuildSettings instrumented(const BuildSettings& asked) {
  BuildSettings settings = asked;
  settings.compiler = kCompiler;
  std::erase_if(settings.flags, [](const std::string& flag) { return flag.starts_with("-O") || flag.starts_with("-g"); });
  settings.flags.insert(settings.flags.end(), {"-O1", "-g", "-fno-builtin", kCoverage});
  settings.link_flags = link_flags();
  return settings;
}

BuildSettings plain(const BuildSettings& asked) {
  BuildSettings settings = asked;
  settings.flags.insert(settings.flags.end(), {"-fno-builtin"});
  settings.link_flags = link_flags();
  return settings;
}

}  // namespace

fs::path guard_library() {
  const fs::path library = build_dir_of_this_program() / "student" / "libheapjudge_guard.so";
  if (!fs::exists(library)) throw std::runtime_error(library.string() + " is missing: build Heapjudge as a whole");
  return library;
}

std::variant<GuardedBuild, BuildFailed> build_guarded(const std::vector<fs::path>& submission, const Rubric& rubric,
                                                      const fs::path& scratch_dir, GuardWish guard) {
  const BuildPlaces places{.include_dir = own_include_dir(),
                           .memlib = guard_library(),
                           .scratch_dir = scratch_dir,
                           .confined = true};
  const bool has_compiler = find_tool(kCompiler).has_value();
  if (guard == GuardWish::kRequired && !has_compiler) {
    throw InputError(rubric.file.string() + ": its fuzz part watches every store, which takes clang, and there is none; "
                     "with 'guard: false' it does without, and finds less");
  }
  if (guard != GuardWish::kNone && has_compiler) {
    auto outcome = build_submission(submission, instrumented(rubric.build), places);
    if (auto* built = std::get_if<Built>(&outcome)) return GuardedBuild{std::move(*built), true};
  }
  auto outcome = build_submission(submission, plain(rubric.build), places);
  if (auto* failed = std::get_if<BuildFailed>(&outcome)) return std::move(*failed);
  return GuardedBuild{std::move(std::get<Built>(outcome)), false};
}

}  // namespace heapjudge
