#include "fuzz/zoo/cage.h"

#include <fstream>
#include <stdexcept>
#include <variant>

#include "judge/rubric.h"
#include "judge/session_subject.h"
#include "judge/tree.h"
#include "submission/build.h"
#include "submission/inspect.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

fs::path build_source(const fs::path& folder, const std::string& name, std::string_view source) {
  fs::create_directory(folder);
  const fs::path file = folder / (name + ".c");
  std::ofstream(file, std::ios::binary) << source;
  const auto outcome = build({file}, {.flags = {"-O1", "-g"}},
                             {.include_dir = own_include_dir(),
                              .memlib = own_host_files({}).memlib,
                              .scratch_dir = folder});
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) {
    throw std::runtime_error(file.string() + " does not build:\n" + failed->diagnostics);
  }
  return std::get<Built>(outcome).library;
}

}  // namespace

Cage::Cage(const std::string& name, std::string_view source, const CageSettings& settings) {
  const fs::path library = build_source(settings.scratch_dir / name, name, source);
  Rubric rubric;
  rubric.deadlines.request_seconds = settings.request_seconds;
  start_ = subject_factory(launch_settings(rubric, inspect(library, {}), library));
  settings_ = examine_settings(rubric, false);
}

Examination Cage::examine(const Trace& trace) const {
  return heapjudge::examine(trace, start_, settings_);
}

}  // namespace heapjudge
