#include "tests/fuzz/guarded_text.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "submission/symbolize.h"
#include "tests/fuzz/heap_place.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHead = R"(#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "memlib.h"
#include "mm.h"
)";

GuardedBuild built(const fs::path& folder, const std::string& source) {
  std::ofstream(folder / "mm.c") << kHead << source;
  auto outcome = build_guarded({folder / "mm.c"}, {}, folder);
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) throw std::runtime_error(failed->diagnostics);
  return std::get<GuardedBuild>(std::move(outcome));
}

}  // namespace

GuardedText::GuardedText(const std::string& source, std::uint64_t heap_limit_bytes)
    : build_(built(folder_.path(), source)),
      subject_(std::make_unique<GuardedSubject>(
          GuardedSettings{.library = build_.built.library, .heap_base = kHeapPlace, .heap_limit_bytes = heap_limit_bytes})) {}

std::string GuardedText::place_of_escape() const {
  const auto& escape = subject_->escape();
  if (!escape || escape->depth == 0) return "";
  const auto frames = symbolize(build_.built.library, {escape->frames[0]});
  return fs::path(frames.front().file).filename().string() + ":" + std::to_string(frames.front().line) + " in " +
         frames.front().function;
}

}  // namespace heapjudge
