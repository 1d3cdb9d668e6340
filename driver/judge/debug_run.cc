#include "judge/debug_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "check.h"
#include "judge/narrow.h"
#include "judge/session.h"
#include "judge/session_subject.h"
#include "judge/tree.h"
#include "judge/whole_file.h"
#include "subject/watch_trial.h"
#include "submission/inspect.h"
#include "trace/input_error.h"
#include "wire/debug_plan.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kWord = 8;

void copy_name(const std::string& name, std::span<char> place) {
  ensure(name.size() < place.size(), "a function name is too long for the plan");
  std::ranges::copy(name, place.begin());
}

DebugPlan plan_for(const LaunchSettings& launching, const Trace& trace, const DebugStop& stop) {
  const Scenario scenario = scenario_of(stop.run, stop.refused_growth);
  DebugPlan plan{.heap_base = launching.heap_base,
                 .heap_limit_bytes = launching.heap_limit_bytes,
                 .refuse_from = scenario.settings.refuse_from,
                 .refuse_count = scenario.settings.refuse_count,
                 .requests = trace.requests().size(),
                 .blocks = trace.block_count(),
                 .heap_may_shrink = launching.heap_may_shrink ? 1u : 0u,
                 .init_returns_bool = launching.interface.init_returns_bool ? 1u : 0u,
                 .pointer_width = static_cast<std::uint32_t>(launching.pointer_width),
                 .fill_byte = fill_byte_of(scenario.settings.fill),
                 .whole_runs_before = scenario.sound_runs_before,
                 .stop_at = static_cast<std::uint32_t>(stop.request)};
  copy_name(launching.interface.prefix, plan.prefix);
  copy_name(launching.interface.aligned_function, plan.aligned_function);
  return plan;
}

std::string bytes_of(const DebugPlan& plan, std::span<const Request> requests) {
  std::string bytes(sizeof plan + requests.size_bytes(), '\0');
  std::memcpy(bytes.data(), &plan, sizeof plan);
  if (!requests.empty()) std::memcpy(bytes.data() + sizeof plan, requests.data(), requests.size_bytes());
  return bytes;
}

// As Python reads it.
std::string quoted(const fs::path& path) {
  std::string text = "'";
  for (const char c : path.string()) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return text + "'";
}

std::string script_for(const fs::path& plan, const fs::path& library, const DebugStop& stop) {
  const std::string watch = stop.watch ? fmt::format("({:#x}, {})", stop.watch->offset, stop.watch->bytes) : "None";
  const bool steps_to_stores = stop.watch && !stores_can_be_watched();  // gdb would wait for ever
  return fmt::format(
      "set debuginfod enabled off\n"
      "set startup-with-shell off\n"
      "set disable-randomization on\n"
      "{}"
      "source {}\n"
      "python start({}, {}, {})\n",
      steps_to_stores ? "set can-use-hw-watchpoints 0\n" : "",
      (heapjudge_tree() / "driver" / "debug" / "gdb_commands.py").string(), quoted(plan), quoted(library), watch);
}

fs::path debug_host_of(const Rubric& rubric) {
  const fs::path host = own_host_files(rubric).host;
  return host.parent_path() / (rubric.build.abi == Abi::kIlp32 ? "heapjudge_debug_host32" : "heapjudge_debug_host");
}

BuildSettings settings_for(const DebugTerms& terms) {
  BuildSettings settings = terms.rubric.build;
  if (!terms.unoptimized) return settings;
  std::erase_if(settings.flags, [](const std::string& flag) { return flag.starts_with("-O"); });
  settings.flags.insert(settings.flags.end(), {"-O0", "-g"});
  return settings;
}

}  // namespace

DebugStop stop_for(const Finding& finding) {
  DebugStop stop{.request = finding.request, .run = finding.run, .refused_growth = finding.refused_growth};
  const auto* violation = std::get_if<Violation>(&finding.evidence);
  if (violation == nullptr) return stop;
  if (const auto bytes = bytes_of(*violation)) stop.watch = HeapRange{bytes->offset / kWord * kWord, kWord};
  return stop;
}

std::variant<DebugRun, BuildFailed> prepare_debugging(const DebugTerms& terms, const Trace& trace, const DebugStop& stop) {
  const std::size_t last = trace.requests().size();
  if (stop.request > last) throw InputError(fmt::format("the trace has {} requests, and no request {}", last, stop.request));
  const fs::path folder = fs::absolute(terms.folder);
  fs::create_directories(folder);
  const BuildPlaces places = build_places(terms.rubric, folder);
  auto outcome = build_submission(terms.submission, settings_for(terms), places);
  if (auto* failed = std::get_if<BuildFailed>(&outcome)) return std::move(*failed);
  const fs::path library = std::get<Built>(outcome).library;
  const Inspection inspection = inspect(library, terms.rubric.inspect);
  const DebugPlan plan = plan_for(launch_settings(terms.rubric, inspection, library), trace, stop);
  const fs::path plan_file = folder / "plan";
  write_whole_file(plan_file, bytes_of(plan, trace.requests()));
  DebugRun run{.script = folder / "stop.gdb", .script_text = script_for(plan_file, library, stop)};
  write_whole_file(run.script, run.script_text);
  run.command = {"gdb", "-q", "-x", run.script.string()};
  for (const fs::path& word : {fs::path("--args"), debug_host_of(terms.rubric), library, plan_file}) {
    run.command.push_back(word.string());
  }
  return run;
}

}  // namespace heapjudge
