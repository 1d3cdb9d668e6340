// Build, inspect, examine, grade: each step's result is the next one's input.
#include "judge/session.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "judge/caller_limits.h"
#include "judge/identity.h"
#include "judge/reference_name.h"
#include "judge/saved_failure.h"
#include "judge/scratch_folder.h"
#include "judge/session_subject.h"
#include "judge/source_lines.h"
#include "judge/trace_pool.h"
#include "judge/tree.h"
#include "judge/whole_file.h"
#include "submission/inspect.h"
#include "trace/rep_format.h"
#include "trace/statistics.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

std::vector<Trace> load_all(const std::vector<TraceEntry>& entries) {
  std::vector<Trace> traces;
  for (const TraceEntry& entry : entries) traces.push_back(load_trace(entry.file));
  return traces;
}

TraceResult result_of_entry(const TraceEntry& entry, const Trace& trace) {
  return {.name = entry.name,
          .file = entry.file,
          .tier = entry.tier,
          .weight = entry.weight,
          .counts = entry.counts,
          .hidden = entry.hidden,
          .requests = trace.requests().size()};
}

// The function that the trace needs and the submission lacks; empty when it can run.
std::string missing_function(const Trace& trace, const Inspection& inspection, const std::string& prefix) {
  if (!inspection.has_calloc && uses(trace, Op::kCalloc)) return prefix + "calloc";
  if (!inspection.has_realloc && uses(trace, Op::kRealloc)) return prefix + "realloc";
  if (inspection.aligned_function.empty() && uses(trace, Op::kAligned)) return prefix + "memalign";
  return {};
}

// A submission that lacks a function every trace needs is not run at all.
std::string unusable_because(const Inspection& inspection) {
  const auto finding = std::ranges::find(inspection.findings, Fault::kBadSignature, &StaticFinding::fault);
  return finding == inspection.findings.end() ? "" : finding->message;
}

Identity identity_of(const Rubric& rubric, const SessionSettings& settings, const Built& built) {
  std::string submission;
  std::vector<std::string> files;
  for (const fs::path& path : settings.submission) {
    files.push_back(path.string());
    submission += (submission.empty() ? "" : " ") + path.string();
  }
  return {.submission = submission,
          .files = files,
          .sha256 = sha256_of_files(built.sources),
          .compiler = built.compiler,
          .flags = built.flags,
          .build_seconds = built.seconds,
          .isolation = {},
          .rubric = rubric.file.string(),
          .alignment_bytes = rubric.alignment_bytes(),
          .heap_limit_bytes = rubric.heap.limit_bytes,
          .abi = rubric.build.abi,
          .pointer_cast_warnings = built.pointer_cast_warnings,
          .refused_growths = settings.refuse_growth,
          .notes = built.notes,
          .command = settings.command,
          .options = settings.options};
}

// A reference that is named in the place of a file is built from Heapjudge's own tree, as its name says.
std::variant<Built, BuildFailed> build_submission(const SessionSettings& settings, BuildSettings how,
                                                  const BuildPlaces& places) {
  const std::optional<Reference> reference = reference_instead_of_file(settings.submission);
  if (!reference) return build(settings.submission, how, places);
  how.definitions.insert(how.definitions.end(), reference->definitions.begin(), reference->definitions.end());
  return build({heapjudge_tree() / reference->source}, how, places);
}

// The weakest level that any of the processes reached.
std::string isolation_of(const std::vector<TraceResult>& results) {
  std::string level;
  for (const TraceResult& result : results) {
    if (result.examination && (level.empty() || level == "full")) level = result.examination->isolation;
  }
  return level;
}

// The traces of one session, and what becomes of them.
class TraceRun {
 public:
  TraceRun(const Rubric& rubric, const SessionSettings& settings, const std::vector<Trace>& traces)
      : rubric_(rubric), settings_(settings), traces_(traces) {
    for (std::size_t i = 0; i < traces.size(); ++i) {
      results_.push_back(result_of_entry(settings.traces[i], traces[i]));
    }
  }

  std::vector<TraceResult> run(const Inspection& inspection, const Built& built,
                               const SessionListener& listener) {
    inspection_ = &inspection;
    built_ = &built;
    unusable_ = unusable_because(inspection);
    const ExamineSettings terms = examine_settings(rubric_, settings_.refuse_growth);
    const SubjectFactory start =
        subject_factory(launch_settings(rubric_, inspection, built.library), settings_.require_isolation);
    examine_ = [terms, start](const Trace& trace) { return examine(trace, start, terms); };
    std::size_t done = 0;
    const auto tell = [&](std::size_t i) {
      if (listener) listener(++done, traces_.size(), results_[i]);
    };
    const auto judge = [this](std::size_t i) { run_one(traces_[i], results_[i]); };
    run_on_threads(settings_.workers, {.jobs = traces_.size(), .run = judge, .done = tell});
    return std::move(results_);
  }

 private:
  void run_one(const Trace& trace, TraceResult& result) {
    result.not_run = reason_not_to_run(trace);
    if (!result.not_run.empty()) return;
    result.examination = examine_(trace);
    if (!result.examination->finding) return;
    failed_ = true;
    Finding& finding = *result.examination->finding;
    add_source_lines(finding, built_->library, built_->sources);
    const bool in_trace = finding.request >= 1 && finding.request <= trace.requests().size();
    if (in_trace) result.finding_lines = {trace.line_of(finding.request - 1)};
    if (!result.hidden) result.saved_prefix = save(trace, result.name, finding);
  }

  std::string reason_not_to_run(const Trace& trace) const {
    if (!unusable_.empty()) return unusable_;
    if (settings_.stop_at_first && failed_) return "stopped after the first failure";
    const std::string missing = missing_function(trace, *inspection_, rubric_.inspect.prefix);
    return missing.empty() ? "" : missing + " is not defined";
  }

  fs::path save(const Trace& trace, const std::string& name, const Finding& finding) const {
    const fs::path folder = settings_.state_dir / "failures";
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw std::runtime_error(folder.string() + ": " + error.message());
    const fs::path file = folder / failure_file_name(name, finding.fault);
    write_whole_file(file, print_trace(failing_prefix(trace, finding, examine_)));
    return file;
  }

  const Rubric& rubric_;
  const SessionSettings& settings_;
  const std::vector<Trace>& traces_;
  const Inspection* inspection_ = nullptr;
  const Built* built_ = nullptr;
  std::string unusable_;
  Examiner examine_;
  std::vector<TraceResult> results_;
  std::atomic<bool> failed_ = false;
};

}  // namespace

std::variant<GradeSheet, BuildFailed> run_session(const Rubric& rubric, const SessionSettings& settings,
                                                  const SessionListener& listener) {
  check_caller_limits(rubric, settings.workers);
  const std::vector<Trace> traces = load_all(settings.traces);
  const ScratchFolder scratch(settings.state_dir);
  const BuildPlaces places{.include_dir = heapjudge_tree() / "driver" / "student" / "include",
                           .memlib = own_host_files(rubric).memlib,
                           .scratch_dir = scratch.path(),
                           .confined = true};
  std::variant<Built, BuildFailed> outcome = build_submission(settings, rubric.build, places);
  if (auto* failed = std::get_if<BuildFailed>(&outcome)) return std::move(*failed);
  const Built& built = std::get<Built>(outcome);
  Inspection inspection = inspect(built.library, rubric.inspect);
  std::vector<TraceResult> results = TraceRun(rubric, settings, traces).run(inspection, built, listener);
  Identity identity = identity_of(rubric, settings, built);
  identity.isolation = isolation_of(results);
  return grade(rubric, std::move(identity), std::move(inspection.findings), std::move(results));
}

}  // namespace heapjudge
