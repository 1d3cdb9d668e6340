// Builds a submission as submission_fuzz wants it: with callbacks at its loads and stores.
//
// Usage: guarded_library SUBMISSION OUT.so
#include <cstdio>
#include <exception>
#include <filesystem>
#include <variant>

#include "fuzz/guarded_build.h"
#include "judge/scratch_folder.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

int build_to(const fs::path& submission, const fs::path& out) {
  const ScratchFolder scratch(fs::temp_directory_path() / "heapjudge-guarded");
  const auto outcome = build_guarded({submission}, Rubric{}, scratch.path());
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) {
    std::fputs(failed->diagnostics.c_str(), stderr);
    return 3;
  }
  const GuardedBuild& build = std::get<GuardedBuild>(outcome);
  if (!build.instrumented) std::fputs("guarded_library: without clang there is neither guard nor coverage\n", stderr);
  fs::copy_file(build.built.library, out, fs::copy_options::overwrite_existing);
  return 0;
}

}  // namespace
}  // namespace heapjudge

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: guarded_library SUBMISSION OUT.so\n", stderr);
    return 2;
  }
  try {
    return heapjudge::build_to(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "guarded_library: %s\n", error.what());
    return 2;
  }
}
