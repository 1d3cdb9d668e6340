#include "fuzz/zoo/pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "fuzz/session.h"
#include "fuzz/zoo/build_text.h"
#include "judge/examine.h"
#include "judge/session_subject.h"
#include "judge/trace_pool.h"
#include "submission/inspect.h"
#include "trace/random.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDrawsOfAPair = 1000;  // before there are no more

bool overlap(const ZooPair& pair) {
  const std::string& source = pair.allocator->source;
  const std::size_t first = source.find(pair.first->replace);
  const std::size_t second = source.find(pair.second->replace);
  return first < second + pair.second->replace.size() && second < first + pair.first->replace.size();
}

bool convicts(const Rubric& rubric, const FuzzBuild& build, std::span<const Trace> traces) {
  const fs::path& library = build.judged.library;
  const SubjectFactory start = subject_factory(launch_settings(rubric, inspect(library, rubric.inspect), library));
  const ExamineSettings settings = examine_settings(rubric, false);
  return std::ranges::any_of(traces, [&](const Trace& trace) { return examine(trace, start, settings).finding.has_value(); });
}

class PairHunt {
 public:
  PairHunt(const Rubric& rubric, const ZooPair& pair, const PairSettings& settings, fs::path folder)
      : rubric_(rubric),
        settings_(settings),
        folder_(std::move(folder)),
        both_(build_text(rubric, folder_ / "both", mutant_of(pair))),
        first_(build_text(rubric, folder_ / "first", heapjudge::mutant_of(*pair.allocator, *pair.first))),
        second_(build_text(rubric, folder_ / "second", heapjudge::mutant_of(*pair.allocator, *pair.second))) {}

  struct Traces {
    std::vector<Trace> told;
    std::vector<Trace> kept;  // of what these are also seen as
  };

  Traces traces(bool in_families) const {
    const FuzzSheet sheet = fuzz_built(rubric_,
                                       {.submission = {folder_ / "both" / "mm.c"},
                                        .seed = settings_.seed,
                                        .engine = EngineKind::kGenerator,
                                        .inputs = settings_.inputs,
                                        .state_dir = folder_ / (in_families ? "families" : "kinds"),
                                        .in_families = in_families},
                                       both_);
    Traces traces;
    for (const FuzzFinding& finding : sheet.findings) {
      traces.told.push_back(load_trace(finding.result.file));
      for (const Symptom& symptom : finding.also) traces.kept.push_back(load_trace(symptom.file));
    }
    return traces;
  }

  bool tells_of_both(std::span<const Trace> traces) const {
    return convicts(rubric_, first_, traces) && convicts(rubric_, second_, traces);
  }

 private:
  const Rubric& rubric_;
  const PairSettings& settings_;
  fs::path folder_;
  FuzzBuild both_, first_, second_;
};

PairOutcome outcome_of(const Rubric& rubric, const ZooPair& pair, const PairSettings& settings, const fs::path& folder) {
  const PairHunt hunt(rubric, pair, settings, folder);
  const std::vector<Trace> kinds = hunt.traces(false).told;
  PairHunt::Traces families = hunt.traces(true);
  PairOutcome outcome{.name = pair.name(),
                      .kinds = kinds.size(),
                      .families = families.told.size(),
                      .both_by_kind = hunt.tells_of_both(kinds),
                      .both_by_family = hunt.tells_of_both(families.told)};
  std::ranges::move(families.told, std::back_inserter(families.kept));
  outcome.both_kept = hunt.tells_of_both(families.kept);
  fs::remove_all(folder);
  return outcome;
}

}  // namespace

std::vector<ZooPair> pairs_of(const std::vector<ZooAllocator>& zoo, std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::set<std::pair<std::string, std::string>> drawn;
  std::vector<ZooPair> pairs;
  for (std::size_t draw = 0; pairs.size() < count && draw < kDrawsOfAPair * count; ++draw) {
    const ZooAllocator& allocator = zoo[random.below(zoo.size())];
    const Bug& one = allocator.bugs[random.below(allocator.bugs.size())];
    const Bug& other = allocator.bugs[random.below(allocator.bugs.size())];
    ZooPair pair{&allocator, &one, &other};
    if (other.name < one.name) std::swap(pair.first, pair.second);
    if (!one.convicts || !other.convicts || one.name == other.name || overlap(pair)) continue;
    if (drawn.emplace(pair.first->full_name(), pair.second->full_name()).second) pairs.push_back(pair);
  }
  return pairs;
}

// The later edit first, so that the earlier one is where it was.
std::string mutant_of(const ZooPair& pair) {
  std::string source = pair.allocator->source;
  std::vector<std::pair<std::size_t, const Bug*>> edits;
  for (const Bug* bug : {pair.first, pair.second}) edits.emplace_back(source.find(bug->replace), bug);
  if (edits[0].first < edits[1].first) std::swap(edits[0], edits[1]);
  for (const auto& [place, bug] : edits) source.replace(place, bug->replace.size(), bug->with);
  return source;
}

std::vector<PairOutcome> hunt_pairs(const Rubric& rubric, std::span<const ZooPair> pairs, const PairSettings& settings,
                                    const std::function<void(std::size_t)>& done) {
  std::vector<PairOutcome> outcomes(pairs.size());
  std::size_t count = 0;
  run_on_threads(settings.workers, {.jobs = pairs.size(),
                                    .run =
                                        [&](std::size_t i) {
                                          const fs::path folder = settings.scratch_dir / ("pair-" + std::to_string(i));
                                          outcomes[i] = outcome_of(rubric, pairs[i], settings, folder);
                                        },
                                    .done = [&](std::size_t) { done(++count); }});
  return outcomes;
}

std::string text_of(std::span<const PairOutcome> outcomes) {
  std::size_t by_kind = 0, by_family = 0, still_told = 0, kept = 0, kinds = 0, families = 0;
  std::string lost;
  for (const PairOutcome& outcome : outcomes) {
    kinds += outcome.kinds;
    families += outcome.families;
    by_kind += outcome.both_by_kind ? 1 : 0;
    by_family += outcome.both_by_family ? 1 : 0;
    still_told += outcome.both_by_kind && outcome.both_by_family ? 1 : 0;
    kept += outcome.both_by_kind && outcome.both_kept ? 1 : 0;
    if (outcome.both_by_kind && !outcome.both_by_family) {
      lost += fmt::format("  {}: {} ({} kinds, {} families)\n", outcome.both_kept ? "kept" : "lost", outcome.name,
                          outcome.kinds, outcome.families);
    }
  }
  const auto pairs = static_cast<double>(std::max<std::size_t>(outcomes.size(), 1));
  return fmt::format("{} pairs: both bugs told of in {} by rule and function ({:.2f} findings), in {} by families ({:.2f}); "
                     "{} of the first are still told of, {} by a trace that is kept at least\n{}",
                     outcomes.size(), by_kind, static_cast<double>(kinds) / pairs, by_family,
                     static_cast<double>(families) / pairs, still_told, kept, lost);
}

}  // namespace heapjudge
