#include "fuzz/zoo/contest.h"

#include <algorithm>
#include <utility>

#include "fuzz/session.h"
#include "fuzz/zoo/build_text.h"
#include "fuzz/zoo/cpu_seconds.h"
#include "judge/examine.h"
#include "judge/session_subject.h"
#include "judge/trace_pool.h"
#include "submission/inspect.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

struct Specimen {
  std::string name;
  std::string source;
  bool is_innocent = false;
  fs::path folder;  // of its own
  fs::path file;
  FuzzBuild build;
};

struct Search {
  Contender contender = Contender::kOurs;
  std::uint64_t seed = 1;
};

std::vector<Specimen> specimens_of(const std::vector<ZooAllocator>& zoo, const ContestSettings& settings) {
  std::vector<Specimen> specimens;
  const auto add = [&](const std::string& name, std::string source, bool is_innocent) {
    if (!settings.only.empty() && (is_innocent || name.find(settings.only) == name.npos)) return;
    const fs::path folder = settings.scratch_dir / name;
    specimens.push_back({name, std::move(source), is_innocent, folder, folder / "mm.c", {}});
  };
  for (const ZooAllocator& allocator : zoo) {
    add(allocator.name, allocator.source, true);
    for (const Bug& bug : allocator.bugs) {
      if (bug.convicts) add(bug.full_name(), mutant_of(allocator, bug), false);
    }
  }
  return specimens;
}

// Nothing else may run in this process meanwhile, or it would be counted too.
Searched try_default_traces(const Rubric& rubric, const std::vector<Trace>& traces, const Specimen& specimen) {
  Searched attempt{
      .specimen = specimen.name, .is_innocent = specimen.is_innocent, .contender = Contender::kDefaultTraces};
  const fs::path& library = specimen.build.judged.library;
  const SubjectFactory start = subject_factory(launch_settings(rubric, inspect(library, rubric.inspect), library));
  const ExamineSettings settings = examine_settings(rubric, false);
  const double before = cpu_seconds_so_far();
  for (const Trace& trace : traces) {
    const auto finding = examine(trace, start, settings).finding;
    if (!finding) continue;
    attempt.found_cpu_seconds = cpu_seconds_so_far() - before;
    attempt.requests = finding->request;
    break;
  }
  return attempt;
}

EngineKind engine_of(Contender contender) {
  if (contender == Contender::kDefaultChanges) return EngineKind::kDefaultChanges;
  return contender == Contender::kFlat ? EngineKind::kFlat : EngineKind::kHabits;
}

Searched attempt_of(const FuzzSheet& sheet, bool whole_budget) {
  Searched attempt;
  if (whole_budget) attempt.groups = sheet.findings.size();
  const auto first = std::ranges::min_element(sheet.findings, {}, &FuzzFinding::found_cpu_seconds);
  if (first == sheet.findings.end()) return attempt;
  attempt.found_cpu_seconds = first->found_cpu_seconds;
  attempt.requests = first->result.requests;
  attempt.shrink_cpu_seconds = first->shrink_cpu_seconds;
  return attempt;
}

// From an empty corpus and without what other searches have left.
Searched hunt(const Rubric& rubric, const Specimen& specimen, const Search& search, const ContestSettings& settings) {
  const fs::path folder = specimen.folder / ("search-" + std::to_string(static_cast<int>(search.contender)) + "-" +
                                             std::to_string(search.seed));
  const bool whole_budget = search.seed == 1;
  FuzzSettings fuzzing{.submission = {specimen.file},
                       .seed = search.seed,
                       .engine = engine_of(search.contender),
                       .inputs = settings.inputs * kAllTiers.size(),
                       .stop_after = whole_budget ? 0u : 1u,
                       .state_dir = folder,
                       .keep_failures = false};
  if (settings.inputs == 0) fuzzing.cpu_seconds = settings.cpu_seconds;
  else fuzzing.engine = EngineKind::kGenerator;
  const FuzzSheet sheet = fuzz_built(rubric, fuzzing, specimen.build);
  fs::remove_all(folder);
  Searched attempt = attempt_of(sheet, whole_budget);
  attempt.specimen = specimen.name;
  attempt.is_innocent = specimen.is_innocent;
  attempt.contender = search.contender;
  attempt.seed = search.seed;
  return attempt;
}

std::vector<Search> searches_of(const ContestSettings& settings) {
  std::vector<Search> searches;
  if (!settings.ours_alone) searches = {{Contender::kDefaultChanges, 1}, {Contender::kFlat, 1}};
  for (std::uint64_t seed = 1; seed <= settings.seeds; ++seed) searches.push_back({Contender::kOurs, seed});
  return searches;
}

void run_jobs(unsigned workers, std::size_t jobs, const std::function<void(std::size_t)>& run,
              const std::function<void(std::size_t)>& tell) {
  std::size_t done = 0;
  run_on_threads(workers, {.jobs = jobs, .run = run, .done = [&](std::size_t) { tell(++done); }});
}

}  // namespace

std::vector<Searched> run_contest(const Rubric& rubric, const std::vector<ZooAllocator>& zoo,
                                 const ContestSettings& settings, const ContestListener& listener) {
  std::vector<Specimen> specimens = specimens_of(zoo, settings);
  const std::size_t count = specimens.size();
  run_jobs(settings.workers, count, [&](std::size_t i) {
    Specimen& specimen = specimens[i];
    specimen.build = build_text(rubric, specimen.folder, specimen.source);
  },
           [&](std::size_t done) { listener("built", done, count); });
  const std::vector<Search> searches = searches_of(settings);
  const std::size_t jobs = count * searches.size();
  std::vector<Searched> attempts(jobs);
  run_jobs(settings.workers, jobs,
           [&](std::size_t i) {
             attempts[i] = hunt(rubric, specimens[i / searches.size()], searches[i % searches.size()], settings);
           },
           [&](std::size_t done) { listener("searches", done, jobs); });
  if (settings.ours_alone) return attempts;
  std::vector<Trace> traces;
  for (const TraceEntry& entry : rubric.traces) traces.push_back(load_trace(entry.file));
  std::ranges::sort(traces, {}, [](const Trace& trace) { return trace.requests().size(); });
  for (std::size_t i = 0; i < count; ++i) {
    attempts.push_back(try_default_traces(rubric, traces, specimens[i]));
    listener("tried on the default traces", i + 1, count);
  }
  return attempts;
}

}  // namespace heapjudge
