// What the tests of this floor share: a scratch folder, a small memlib to link against, and sources written
// on the spot or taken from fixtures/.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "submission/build.h"
#include "submission/inspect.h"

namespace heapjudge {

// A folder of its own below the build, emptied first; the working directory while it lives, as students build
// where their files are.
class Workshop {
 public:
  explicit Workshop(const std::string& name);
  ~Workshop();
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  // Writes `text` to `file` (below the folder) and returns that relative path.
  std::filesystem::path write(const std::string& file, std::string_view text) const;
  // Copies fixtures/<name> here, under `as` when given.
  std::filesystem::path take(const std::string& name, const std::string& as = "") const;

  BuildPlaces places(Abi abi = Abi::kLp64) const;
  std::variant<Built, BuildFailed> try_build(const std::vector<std::filesystem::path>& submission,
                                             const BuildSettings& settings = {}) const;
  // Fails the test with the diagnostics when there is no library.
  Built build_or_fail(const std::vector<std::filesystem::path>& submission,
                      const BuildSettings& settings = {}) const;
  // Fails the test when there is one.
  BuildFailed failure_of(const std::vector<std::filesystem::path>& submission,
                         const BuildSettings& settings = {}) const;

 private:
  std::filesystem::path before_;
  std::filesystem::path folder_;
};

// The settings that most tests inspect with.
InspectSettings classic_rules();

// "E503 mm_free: ..." for each finding.
std::vector<std::string> findings_of(const Inspection& inspection);

}  // namespace heapjudge
