// heapjudge trace gen: a trace from a spec, or a hidden set from all of them.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <system_error>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/screen.h"
#include "cli/trace_output.h"
#include "generate/generator.h"
#include "generate/spec_yaml.h"
#include "judge/tree.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

Trace generate_named(Spec spec) {
  spec.name += ".rep";
  return generate(spec);
}

std::vector<fs::path> default_specs() {
  std::vector<fs::path> files;
  const fs::path folder = heapjudge_tree() / "traces" / "specs";
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".yaml") files.push_back(it->path());
  }
  if (error) throw InputError(folder.string() + ": " + error.message());
  std::ranges::sort(files);
  return files;
}

// The specs of a hidden set: those that were named, or all that are worth it.
std::vector<Spec> hidden_specs(const TraceGenOptions& options) {
  std::vector<Spec> specs;
  std::set<std::string> names;
  for (const fs::path& file : options.specs.empty() ? default_specs() : options.specs) {
    Spec spec = load_spec(file, options.changes);
    if (options.specs.empty() && !spec.hidden) continue;
    if (!names.insert(spec.name).second)
      throw InputError(file.string() + ": another spec is called " + spec.name);
    spec.seed = hidden_seed(*options.hidden, spec.name);
    specs.push_back(std::move(spec));
  }
  return specs;
}

// Prints the lines that a rubric needs. The names are others than those of the default traces of the same families.
int write_hidden_set(const TraceGenOptions& options) {
  const fs::path& folder = *options.output;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw InputError(folder.string() + ": " + error.message());
  std::string lines = "traces:\n";
  for (const Spec& spec : hidden_specs(options)) {
    write_trace(generate_named(spec), folder / (spec.name + ".rep"));
    lines += fmt::format("  - {{file: {0}.rep, name: hidden-{0}{1}, hidden: true}}\n", spec.name,
                         spec.tier == "P0" ? "" : ", tier: " + spec.tier);
  }
  write_stdout(lines);
  return kExitPassed;
}

}  // namespace

int run_trace_gen(const TraceGenOptions& options) {
  if (options.hidden) return write_hidden_set(options);
  Spec spec = load_spec(options.specs.front(), options.changes);
  spec.seed = options.seed.value_or(spec.seed);
  write_trace(generate_named(std::move(spec)), options.output);
  return kExitPassed;
}

}  // namespace heapjudge
