#include "fuzz/zoo/build_text.h"

#include <fstream>
#include <stdexcept>
#include <utility>
#include <variant>

namespace heapjudge {

FuzzBuild build_text(const Rubric& rubric, const std::filesystem::path& folder, const std::string& source) {
  std::filesystem::create_directories(folder);
  const std::filesystem::path file = folder / "mm.c";
  std::ofstream(file, std::ios::binary) << source;
  auto outcome = build_for_fuzzing({file}, rubric, folder);
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) {
    throw std::runtime_error(folder.string() + " does not build:\n" + failed->diagnostics);
  }
  return std::get<FuzzBuild>(std::move(outcome));
}

}  // namespace heapjudge
