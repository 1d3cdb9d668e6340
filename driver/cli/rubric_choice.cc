// A file wins over a bundled rubric of the same name.
#include "cli/rubric_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

#include "cli/nearest.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".yaml") names.push_back(it->path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

fs::path rubric_file(const std::optional<fs::path>& wish, const fs::path& tree) {
  if (!wish) return tree / "traces" / "rubric.yaml";
  std::error_code error;
  if (fs::exists(*wish, error)) return *wish;
  const fs::path folder = tree / "traces" / "rubrics";
  const std::vector<std::string> names = names_in(folder);
  const std::string name = wish->string();
  if (std::ranges::find(names, name) != names.end()) return folder / (name + ".yaml");
  const std::optional<std::string> meant = nearest(name, names);
  throw InputError(fmt::format("{}: no such rubric; {}", name,
                               meant ? fmt::format("did you mean {}?", *meant)
                                     : fmt::format("a file, or one of: {}", fmt::join(names, ", "))));
}

}  // namespace heapjudge
