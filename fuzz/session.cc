#include "fuzz/session.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <thread>
#include <utility>

#include "fuzz/corpus.h"
#include "fuzz/crew.h"
#include "fuzz/kept_traces.h"
#include "fuzz/offered_steps.h"
#include "fuzz/sanitized_submission.h"
#include "fuzz/verdicts.h"
#include "fuzz/waste_session.h"
#include "judge/built_identity.h"
#include "judge/scratch_folder.h"
#include "judge/session.h"
#include "judge/saved_failure.h"
#include "judge/session_subject.h"
#include "judge/tree.h"
#include "submission/inspect.h"
#include "submission/object_file.h"
#include "submission/stopwatch.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kBetweenLooks{20};  // as fuzz/crew.h wants it
constexpr double kPlainShare = 0.25;  // of the time that was given

std::vector<std::uint64_t> functions_of(const fs::path& library) {
  std::vector<std::uint64_t> starts;
  for (const DefinedFunction& function : read_object(library).functions) starts.push_back(function.address);
  std::ranges::sort(starts);
  return starts;
}

class Session {
 public:
  Session(const Rubric& rubric, const FuzzSettings& settings, const FuzzBuild& builds, const fs::path& scratch)
      : rubric_(rubric),
        settings_(settings),
        scratch_(scratch),
        builds_(builds),
        inspection_(inspect(builds_.judged.library, rubric.inspect)),
        launch_(launch_settings(rubric, inspection_, builds_.judged.library, settings.require_isolation)),
        corpus_(scratch / "corpus", is_for_a_grade() ? scratch / "none" : corpus_folder(settings)),
        verdicts_(verdict_terms(rubric, builds, subject_factory(launch_))) {}

  FuzzSheet run(const FuzzListener& listener);

 private:
  bool is_for_a_grade() const { return settings_.purpose == HuntPurpose::kGrade; }

  static fs::path corpus_folder(const FuzzSettings& settings) {
    return settings.corpus.value_or(default_corpus(settings.state_dir, settings.submission));
  }

  HuntSettings hunt_settings(const Built& built) const;
  void try_saved_failures(const FuzzListener& listener);
  bool all_fail(const std::vector<fs::path>& traces, const FuzzListener& listener);
  void hunt(const FuzzListener& listener);
  bool wants_plain_hunt() const;
  void hunt_as_judged(const FuzzListener& listener);
  bool look_around(Crew& crew, const FuzzListener& listener);
  bool has_enough() const { return settings_.stop_after != 0 && verdicts_.size() >= settings_.stop_after; }
  FuzzCounts counts() const;
  FuzzSheet sheet();
  void ask_sanitizers(FuzzFinding& finding, const Trace& trace);
  Identity identity() const;
  void take_findings(FuzzSheet& sheet);

  const Rubric& rubric_;
  const FuzzSettings& settings_;
  fs::path scratch_;
  const FuzzBuild& builds_;
  Inspection inspection_;
  LaunchSettings launch_;
  Corpus corpus_;
  Verdicts verdicts_;
  std::optional<SanitizedSubmission> sanitized_;  // built for the first finding
  std::optional<Crew> crew_;
  std::optional<Crew> plain_crew_;  // on the submission as the rubric compiles it
  Stopwatch clock_;
  bool interrupted_ = false;
  std::string not_plain_;  // why there was no such hunt
  double hunted_seconds_ = 0;
};

HuntSettings Session::hunt_settings(const Built& built) const {
  HuntSettings hunt{.launch = launch_,
                    .alignment = rubric_.alignment_bytes(),
                    .engine = settings_.engine,
                    .corpus = corpus_.folder(),
                    .seed = settings_.seed,
                    .lowest_tier = settings_.lowest_tier,
                    .highest_tier = settings_.highest_tier,
                    .shares_corpus = settings_.workers > 1,
                    .functions = functions_of(built.library)};
  hunt.launch.library = built.library;
  hunt.launch.heap_limit_bytes = std::min(launch_.heap_limit_bytes, kLargestFuzzedHeap);
  return hunt;
}

// What failed once is tried first; what does not fail any more is left where it is. When something was mended, what it
// was also seen as may have been another bug; before, the hunt would find that again.
void Session::try_saved_failures(const FuzzListener& listener) {
  const auto failures = saved_fuzz_failures(failures_folder(settings_.state_dir), settings_.submission);
  if (all_fail(failures, listener) && !failures.empty()) return;
  all_fail(saved_fuzz_failures(symptoms_folder(settings_.state_dir), settings_.submission), listener);
}

bool Session::all_fail(const std::vector<fs::path>& traces, const FuzzListener& listener) {
  bool all = true;
  for (const fs::path& file : traces) {
    if (interrupted_) break;
    if (!verdicts_.judge({load_trace(file), std::nullopt, Run::kFirst, std::nullopt, 0})) all = false;
    if (listener && !listener({clock_.seconds(), {}, verdicts_.size()})) interrupted_ = true;
  }
  return all;
}

// False when nothing more is wanted, or nothing more comes.
bool Session::look_around(Crew& crew, const FuzzListener& listener) {
  const auto judge = [this](const Proposed& proposed) {
    if (!has_enough() && !interrupted_) verdicts_.judge(proposed);
  };
  const auto judge_input = [this](std::vector<std::uint8_t> input, std::uint64_t execution) {
    take_out_missing(offered_by(inspection_), input);
    verdicts_.judge({decode_trace(input, "fuzz", {.heap_limit_bytes = kLargestFuzzedHeap}), std::nullopt, Run::kFirst,
                     std::nullopt, execution});
  };
  crew.look_after({.proposed = judge, .died = judge_input});
  if (listener && !listener({clock_.seconds(), counts(), verdicts_.size()})) interrupted_ = true;
  return !has_enough() && !interrupted_ && crew.is_at_work();
}

void Session::hunt(const FuzzListener& listener) {
  if (settings_.keep_failures && !is_for_a_grade()) try_saved_failures(listener);
  HuntSettings hunt = hunt_settings(builds_.guarded.built);
  hunt.inputs = settings_.inputs;
  crew_.emplace(hunt, settings_.workers);
  const auto in_time = [this] {
    return (!settings_.seconds || clock_.seconds() < *settings_.seconds) &&
           (!settings_.cpu_seconds || crew_->cpu_seconds() < *settings_.cpu_seconds);
  };
  while (look_around(*crew_, listener) && in_time()) std::this_thread::sleep_for(kBetweenLooks);
  hunted_seconds_ = clock_.seconds();
  crew_->stop();
  look_around(*crew_, listener);
}

bool Session::wants_plain_hunt() const {
  return builds_.guarded.instrumented && settings_.plain_inputs > 0 && verdicts_.size() == 0 && !interrupted_;
}

// What is undefined in C, a variable without a value say, another compiler may have made harmless. So what looks sound is
// tried once more as the rubric compiles it; where no store is watched, a bug shows in more ways, and so only then.
void Session::hunt_as_judged(const FuzzListener& listener) {
  const fs::path folder = scratch_ / "plain";
  fs::create_directories(folder);
  const auto outcome = build_guarded(settings_.submission, rubric_, folder, GuardWish::kNone);
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) {
    not_plain_ = "it was not searched as the rubric compiles it: " + failed->command + " fails";
    return;
  }
  HuntSettings hunt = hunt_settings(std::get<GuardedBuild>(outcome).built);
  hunt.engine = EngineKind::kGenerator;
  hunt.inputs = settings_.plain_inputs;
  plain_crew_.emplace(hunt, 1);
  const Stopwatch hunting;
  const double most = kPlainShare * settings_.seconds.value_or(settings_.cpu_seconds.value_or(INFINITY));
  while (look_around(*plain_crew_, listener) && hunting.seconds() < most) std::this_thread::sleep_for(kBetweenLooks);
  hunted_seconds_ += hunting.seconds();
  plain_crew_->stop();
  look_around(*plain_crew_, listener);
}

FuzzCounts Session::counts() const {
  FuzzCounts sum = crew_->counts();
  if (plain_crew_) sum += plain_crew_->counts();
  sum.acquitted = verdicts_.acquitted();
  return sum;
}

Identity Session::identity() const {
  Identity identity = identity_of(rubric_, settings_.submission, builds_.judged);
  identity.build_seconds = std::max(builds_.judged.seconds, builds_.guarded.built.seconds);
  identity.isolation = crew_->state().isolation;
  identity.command = settings_.command;
  identity.options = settings_.options;
  if (!not_plain_.empty()) identity.notes.push_back(not_plain_);
  return identity;
}

FuzzSheet Session::sheet() {
  const HuntState state = crew_->state();
  FuzzSheet sheet{.identity = identity(),
                  .seed = settings_.seed,
                  .lowest_tier = settings_.lowest_tier,
                  .highest_tier = settings_.highest_tier,
                  .workers = std::max(1u, settings_.workers),
                  .guarded = builds_.guarded.instrumented,
                  .guided = state.guided,
                  .interrupted = interrupted_,
                  .seconds = hunted_seconds_,
                  .counts = counts(),
                  .plain_inputs = plain_crew_ ? plain_crew_->counts().inputs : 0};
  take_findings(sheet);
  return sheet;
}

// One that hangs would hang there too.
void Session::ask_sanitizers(FuzzFinding& finding, const Trace& trace) {
  if (finding_of(finding.result)->beneath == Fault::kNoProgress) return;
  if (!sanitized_) sanitized_.emplace(settings_.submission, rubric_, launch_, scratch_ / "sanitized");
  finding.sanitizers = sanitized_->view(trace, finding_of(finding.result)->run);
}

void Session::take_findings(FuzzSheet& sheet) {
  const std::string beginning = fuzz_failure_name(settings_.submission, is_for_a_grade());
  for (Told& told : verdicts_.take(settings_.in_families)) {
    told.finding.result.name = beginning + told.finding.function;
    if (settings_.sanitize && !interrupted_) ask_sanitizers(told.finding, told.trace);
    if (settings_.keep_failures) keep_traces(told, settings_.state_dir, beginning);
    sheet.findings.push_back(std::move(told.finding));
  }
}

FuzzSheet Session::run(const FuzzListener& listener) {
  hunt(listener);
  if (wants_plain_hunt()) hunt_as_judged(listener);
  FuzzSheet result = sheet();
  if (settings_.waste && !interrupted_) {
    const auto goes_on = [&] {
      result.interrupted = listener && !listener({clock_.seconds(), result.counts, result.findings.size()});
      return !result.interrupted;
    };
    result.waste = find_waste({.rubric = rubric_,
                               .settings = settings_,
                               .launch = launch_,
                               .offered = offered_by(inspection_),
                               .scratch_dir = scratch_,
                               .goes_on = goes_on});
  }
  crew_.reset();
  plain_crew_.reset();
  if (!is_for_a_grade()) corpus_.keep();
  return result;
}

}  // namespace

FuzzSheet fuzz_built(const Rubric& rubric, const FuzzSettings& settings, const FuzzBuild& build,
                     const FuzzListener& listener) {
  const ScratchFolder scratch(settings.state_dir);
  return Session(rubric, settings, build, scratch.path()).run(listener);
}

std::variant<FuzzSheet, BuildFailed> fuzz_submission(const Rubric& rubric, const FuzzSettings& settings,
                                                     const FuzzListener& listener) {
  const ScratchFolder scratch(settings.state_dir);
  auto build = build_for_fuzzing(settings.submission, rubric, scratch.path(), settings.guard);
  if (auto* failed = std::get_if<BuildFailed>(&build)) return std::move(*failed);
  return fuzz_built(rubric, settings, std::get<FuzzBuild>(build), listener);
}

}  // namespace heapjudge
