#include "fuzz/session.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

#include "fuzz/corpus.h"
#include "fuzz/input.h"
#include "fuzz/offered_steps.h"
#include "fuzz/sanitized_submission.h"
#include "fuzz/verdicts.h"
#include "fuzz/waste_session.h"
#include "fuzz/worker.h"
#include "judge/identity.h"
#include "judge/scratch_folder.h"
#include "judge/session.h"
#include "judge/saved_failure.h"
#include "judge/session_subject.h"
#include "judge/tree.h"
#include "judge/whole_file.h"
#include "submission/inspect.h"
#include "submission/object_file.h"
#include "submission/stopwatch.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kBetweenLooks{20};  // as fuzz/worker.h wants it
constexpr double kLastCatchSeconds = 1;

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

  HuntSettings hunt_settings() const;
  void start_workers();
  void try_saved_failures();
  void hunt(const FuzzListener& listener);
  void wait_for_workers();
  bool look_around(const FuzzListener& listener);
  void take_from(Worker& worker);
  FuzzCounts counts() const;
  double cpu_seconds() const;
  OfferedFunctions offered() const;
  FuzzSheet sheet();
  void ask_sanitizers(FuzzFinding& finding, const Trace& trace);
  Identity identity() const;
  void save(FuzzSheet& sheet);

  const Rubric& rubric_;
  const FuzzSettings& settings_;
  fs::path scratch_;
  const FuzzBuild& builds_;
  Inspection inspection_;
  LaunchSettings launch_;
  Corpus corpus_;
  Verdicts verdicts_;
  std::optional<SanitizedSubmission> sanitized_;  // built for the first finding
  std::vector<std::unique_ptr<Worker>> workers_;
  Stopwatch clock_;
  bool interrupted_ = false;
  double hunted_seconds_ = 0;
};

HuntSettings Session::hunt_settings() const {
  HuntSettings hunt{.launch = launch_,
                    .alignment = rubric_.alignment_bytes(),
                    .engine = settings_.engine,
                    .corpus = corpus_.folder(),
                    .lowest_tier = settings_.lowest_tier,
                    .highest_tier = settings_.highest_tier,
                    .shares_corpus = settings_.workers > 1,
                    .functions = functions_of(builds_.guarded.built.library)};
  hunt.launch.library = builds_.guarded.built.library;
  hunt.launch.heap_limit_bytes = std::min(launch_.heap_limit_bytes, kLargestFuzzedHeap);
  return hunt;
}

// What failed once is tried first; what does not fail any more is left where it is.
void Session::try_saved_failures() {
  for (const fs::path& file : saved_fuzz_failures(settings_.state_dir, settings_.submission)) {
    verdicts_.judge({load_trace(file), std::nullopt, Run::kFirst, std::nullopt, 0});
  }
}

// Each worker has its own part of the inputs, and its own seeds.
void Session::start_workers() {
  const unsigned workers = std::max(1u, settings_.workers);
  for (unsigned i = 0; i < workers; ++i) {
    HuntSettings hunt = hunt_settings();
    hunt.inputs = settings_.inputs == 0 ? 0 : std::max<std::uint64_t>(1, (settings_.inputs + i) / workers);
    hunt.seed = settings_.seed + i * 0xd1b54a32d192ed03;
    workers_.push_back(std::make_unique<Worker>(std::move(hunt)));
  }
}

OfferedFunctions Session::offered() const {
  return {.realloc = inspection_.has_realloc,
          .calloc = inspection_.has_calloc,
          .aligned = !inspection_.aligned_function.empty()};
}

void Session::take_from(Worker& worker) {
  const bool enough = settings_.stop_after != 0 && verdicts_.size() >= settings_.stop_after;
  worker.look_for_its_end();
  for (const Proposed& proposed : worker.take_proposals()) {
    if (!enough && !interrupted_) verdicts_.judge(proposed);
  }
  if (auto input = worker.look_after()) {
    take_out_missing(offered(), *input);
    verdicts_.judge({decode_trace(*input, "fuzz", {.heap_limit_bytes = kLargestFuzzedHeap}), std::nullopt, Run::kFirst, std::nullopt,
                     worker.counts().executions});
  }
}

// True as long as the hunt goes on.
bool Session::look_around(const FuzzListener& listener) {
  for (const auto& worker : workers_) take_from(*worker);
  if (listener && !listener({clock_.seconds(), counts(), verdicts_.size()})) interrupted_ = true;
  const bool in_time = (!settings_.seconds || clock_.seconds() < *settings_.seconds) &&
                       (!settings_.cpu_seconds || cpu_seconds() < *settings_.cpu_seconds);
  const bool enough = settings_.stop_after != 0 && verdicts_.size() >= settings_.stop_after;
  const bool at_work = std::ranges::any_of(workers_, [](const auto& worker) { return !worker->is_over(); });
  return in_time && !enough && !interrupted_ && at_work;
}

void Session::hunt(const FuzzListener& listener) {
  if (settings_.keep_failures && !is_for_a_grade()) try_saved_failures();
  start_workers();
  while (look_around(listener)) std::this_thread::sleep_for(kBetweenLooks);
  hunted_seconds_ = clock_.seconds();
  for (const auto& worker : workers_) worker->stop();
  wait_for_workers();
  for (const auto& worker : workers_) take_from(*worker);
}

// What one has just found, it may still be shrinking.
void Session::wait_for_workers() {
  const Stopwatch waited;
  const auto is_at_work = [](const auto& worker) { return !worker->has_ended(); };
  while (waited.seconds() < kLastCatchSeconds && std::ranges::any_of(workers_, is_at_work)) {
    std::this_thread::sleep_for(kBetweenLooks / 4);
  }
}

FuzzCounts Session::counts() const {
  FuzzCounts sum;
  for (const auto& worker : workers_) sum += worker->counts();
  sum.acquitted = verdicts_.acquitted();
  return sum;
}

double Session::cpu_seconds() const {
  double sum = 0;
  for (const auto& worker : workers_) sum += worker->cpu_seconds();
  return sum;
}

Identity Session::identity() const {
  std::string submission;
  std::vector<std::string> files;
  for (const fs::path& path : settings_.submission) {
    files.push_back(path.string());
    submission += (submission.empty() ? "" : " ") + path.string();
  }
  return {.submission = submission,
          .files = files,
          .sha256 = sha256_of_files(builds_.judged.sources),
          .compiler = builds_.judged.compiler,
          .flags = builds_.judged.flags,
          .build_seconds = std::max(builds_.judged.seconds, builds_.guarded.built.seconds),
          .isolation = workers_.front()->state().isolation,
          .rubric = rubric_.file.string(),
          .alignment_bytes = rubric_.alignment_bytes(),
          .heap_limit_bytes = rubric_.heap.limit_bytes,
          .abi = rubric_.build.abi,
          .pointer_cast_warnings = builds_.judged.pointer_cast_warnings,
          .notes = builds_.judged.notes,
          .command = settings_.command,
          .options = settings_.options};
}

FuzzSheet Session::sheet() {
  const HuntState state = workers_.front()->state();
  FuzzSheet sheet{.identity = identity(),
                  .seed = settings_.seed,
                  .lowest_tier = settings_.lowest_tier,
                  .highest_tier = settings_.highest_tier,
                  .workers = static_cast<unsigned>(workers_.size()),
                  .guarded = builds_.guarded.instrumented,
                  .guided = state.guided,
                  .interrupted = interrupted_,
                  .seconds = hunted_seconds_,
                  .counts = counts()};
  save(sheet);
  return sheet;
}

// One that hangs would hang there too.
void Session::ask_sanitizers(FuzzFinding& finding, const Trace& trace) {
  if (finding_of(finding.result)->beneath == Fault::kNoProgress) return;
  if (!sanitized_) sanitized_.emplace(settings_.submission, rubric_, launch_, scratch_ / "sanitized");
  finding.sanitizers = sanitized_->view(trace, finding_of(finding.result)->run);
}

void Session::save(FuzzSheet& sheet) {
  for (auto& [trace, finding] : verdicts_.take(settings_.in_families)) {
    const std::string name = fuzz_failure_name(settings_.submission, is_for_a_grade()) + finding.function;
    finding.result.name = name;
    if (settings_.sanitize && !interrupted_) ask_sanitizers(finding, trace);
    if (settings_.keep_failures) {
      const fs::path folder = failures_folder(settings_.state_dir);
      fs::create_directories(folder);
      finding.result.file = folder / failure_file_name(name, finding_of(finding.result)->fault);
      finding.result.saved_prefix = finding.result.file;
      write_whole_file(finding.result.file, print_trace(trace));
    }
    sheet.findings.push_back(std::move(finding));
  }
}

FuzzSheet Session::run(const FuzzListener& listener) {
  hunt(listener);
  FuzzSheet result = sheet();
  if (settings_.waste && !interrupted_) {
    const auto goes_on = [&] {
      result.interrupted = listener && !listener({clock_.seconds(), result.counts, result.findings.size()});
      return !result.interrupted;
    };
    result.waste = find_waste({.rubric = rubric_,
                               .settings = settings_,
                               .launch = launch_,
                               .offered = offered(),
                               .scratch_dir = scratch_,
                               .goes_on = goes_on});
  }
  workers_.clear();
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
