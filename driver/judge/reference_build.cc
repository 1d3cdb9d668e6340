#include "judge/reference_build.h"

#include <algorithm>
#include <stdexcept>
#include <variant>

#include "judge/session_subject.h"
#include "judge/tree.h"
#include "submission/inspect.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

// The rubric's, with what the references need; its warnings are meant for students.
BuildSettings settings_for(const Reference& reference, const Rubric& rubric) {
  BuildSettings settings = rubric.build;
  settings.cxx_standard = BuildSettings{}.cxx_standard;
  settings.definitions.insert(settings.definitions.end(), reference.definitions.begin(), reference.definitions.end());
  std::erase_if(settings.flags, [](const std::string& flag) { return flag.starts_with("-W"); });
  return settings;
}

// References are called by their own names, whatever prefix the rubric has.
Rubric rubric_for_references(Rubric rubric) {
  rubric.inspect.prefix = InspectSettings{}.prefix;
  rubric.init = InitRule::kAuto;
  return rubric;
}

}  // namespace

LaunchSettings build_reference(const Reference& reference, const Rubric& rubric, const fs::path& scratch_dir) {
  const fs::path folder = scratch_dir / ("reference-" + reference.name);
  fs::create_directories(folder);
  const BuildPlaces places{.include_dir = own_include_dir(),
                           .memlib = own_host_files(rubric).memlib,
                           .scratch_dir = folder};
  const auto outcome = build({heapjudge_tree() / reference.source}, settings_for(reference, rubric), places);
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) {
    throw std::runtime_error("the reference allocator " + reference.name + " does not build: " + failed->command);
  }
  const Rubric terms = rubric_for_references(rubric);
  const fs::path& library = std::get<Built>(outcome).library;
  LaunchSettings settings = launch_settings(terms, inspect(library, terms.inspect), library);
  settings.sandbox.seccomp = !reference.uses_the_system;
  return settings;
}

}  // namespace heapjudge
