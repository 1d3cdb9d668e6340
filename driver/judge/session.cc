// Build, inspect, examine, grade: each step's result is the next one's input.
#include "judge/session.h"

#include <utility>

#include "judge/built_identity.h"
#include "judge/caller_limits.h"
#include "judge/reference_name.h"
#include "judge/scratch_folder.h"
#include "judge/saved_failure.h"
#include "judge/session_subject.h"
#include "judge/trace_run.h"
#include "judge/tree.h"
#include "submission/inspect.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

std::vector<Trace> load_all(const std::vector<TraceEntry>& entries) {
  std::vector<Trace> traces;
  for (const TraceEntry& entry : entries) traces.push_back(load_trace(entry.file));
  return traces;
}

Identity identity_of(const Rubric& rubric, const SessionSettings& settings, const Built& built) {
  Identity identity = identity_of(rubric, settings.submission, built);
  identity.refused_growths = settings.refuse_growth;
  identity.measured = settings.measure;
  identity.command = settings.command;
  identity.options = settings.options;
  return identity;
}

Examiner examiner_for(const TraceRunTerms& terms) {
  const ExamineSettings examining = examine_settings(terms.rubric, false);
  const SubjectFactory start = subject_factory(
      launch_settings(terms.rubric, terms.inspection, terms.built.library, terms.settings.require_isolation));
  return [examining, start](const Trace& trace) { return examine(trace, start, examining); };
}

// They have cost nothing when they were found, and cost nothing now.
std::vector<std::string> notes_on_saved_failures(const SessionSettings& settings, const TraceRunTerms& terms) {
  std::vector<std::string> notes;
  const Examiner examine = examiner_for(terms);
  for (const fs::path& file : saved_fuzz_failures(failures_folder(settings.state_dir), settings.submission)) {
    const Trace trace = load_trace(file);
    if (!reason_not_to_run(terms, trace).empty()) continue;
    const Examination examination = examine(trace);
    if (!examination.finding) continue;
    notes.push_back("found by fuzzing, and fails still (" + code_of(examination.finding->fault) +
                    ", costs nothing): " + file.string());
  }
  return notes;
}

// What is to be known of a checker that says nothing, or is not called at all.
void add_own_checker(const TraceRunTerms& terms, Identity& identity) {
  if (!asks_own_checker(terms)) return;
  const OwnChecker& checker = terms.inspection.checker;
  identity.own_checker = checker.function;
  if (!checker.not_called.empty()) identity.notes.push_back("the own heap checker is not called: " + checker.not_called);
  if (checker.function.empty() || checker.result_bytes != 0) return;
  identity.notes.push_back(checker.function + " returns nothing: it is heard only when it ends the process");
}

// The weakest level that any of the processes reached.
std::string isolation_of(const std::vector<TraceResult>& results) {
  std::string level;
  for (const TraceResult& result : results) {
    if (result.examination && (level.empty() || level == "full")) level = result.examination->isolation;
  }
  return level;
}

}  // namespace

std::variant<Built, BuildFailed> build_submission(const std::vector<fs::path>& submission, BuildSettings how,
                                                  const BuildPlaces& places) {
  const std::optional<Reference> reference = reference_instead_of_file(submission);
  if (!reference) return build(submission, how, places);
  how.definitions.insert(how.definitions.end(), reference->definitions.begin(), reference->definitions.end());
  return build({heapjudge_tree() / reference->source}, how, places);
}

std::variant<GradeSheet, BuildFailed> run_session(const Rubric& rubric, const SessionSettings& settings,
                                                  const SessionListener& listener) {
  check_caller_limits(rubric, settings.workers);
  const std::vector<Trace> traces = load_all(settings.traces);
  const ScratchFolder scratch(settings.state_dir);
  const BuildPlaces places = build_places(rubric, scratch.path());
  std::variant<Built, BuildFailed> outcome = build_submission(settings.submission, rubric.build, places);
  if (auto* failed = std::get_if<BuildFailed>(&outcome)) return std::move(*failed);
  const Built& built = std::get<Built>(outcome);
  Inspection inspection = inspect(built.library, rubric.inspect);
  const TraceRunTerms terms{rubric, settings, inspection, built, scratch.path()};
  Identity identity = identity_of(rubric, settings, built);
  add_own_checker(terms, identity);
  for (std::string& note : notes_on_saved_failures(settings, terms)) identity.notes.push_back(std::move(note));
  TraceRun run(terms, traces);
  std::vector<TraceResult> results = run.run(listener);
  for (std::string& note : run.take_notes()) identity.notes.push_back(std::move(note));
  identity.isolation = isolation_of(results);
  return grade(rubric, std::move(identity), std::move(inspection.findings), std::move(results));
}

}  // namespace heapjudge
