#include "fuzz/shrink_failure.h"

#include <algorithm>
#include <utility>

#include "fuzz/patience.h"
#include "judge/caller_limits.h"
#include "judge/identity.h"
#include "judge/missing_function.h"
#include "judge/scratch_folder.h"
#include "judge/session.h"
#include "judge/session_subject.h"
#include "judge/source_lines.h"
#include "submission/inspect.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostTriesOfHangs = 100;

std::string innermost_function(const Finding& finding) {
  return finding.stacks.empty() || finding.stacks.front().empty() ? ""
                                                                  : finding.stacks.front().front().function;
}

// No more repetitions than it takes to see the finding again.
ExamineSettings enough_to_see(const Finding& finding, ExamineSettings settings) {
  settings.refuse_growth = finding.run == Run::kRefused;
  settings.other_fill = finding.run == Run::kOtherFill;
  settings.rerun = finding.run != Run::kFirst && finding.run != Run::kOwnChecked;
  settings.own_checks = settings.own_checks && finding.run == Run::kOwnChecked;
  return settings;
}

// A submission that is built and can be examined in processes of its own.
class Subjects {
 public:
  Subjects(const Rubric& rubric, Built built)
      : rubric_(rubric),
        built_(std::move(built)),
        inspection_(inspect(built_.library, rubric.inspect)),
        launching_(launch_settings(rubric, inspection_, built_.library)) {}

  const Built& built() const { return built_; }
  const LaunchSettings& launching() const { return launching_; }
  // Under --check.
  ExamineSettings all_runs(bool check) const {
    ExamineSettings settings = examine_settings(rubric_, check);
    if (check || rubric_.own_checks) add_own_checks(inspection_, settings);
    return settings;
  }

  // Whoever hangs for long is not waited for so long again.
  void lose_patience() {
    launching_.request_seconds = std::min(launching_.request_seconds, kSecondsToCallItHung);
  }

  void require_functions_for(const Trace& trace) const {
    for (const StaticFinding& finding : inspection_.findings) {
      if (finding.fault == Fault::kBadSignature) throw InputError(finding.message);
    }
    const std::string missing = missing_function(trace, inspection_, rubric_.inspect.prefix);
    if (!missing.empty()) throw InputError(trace.name() + ": " + missing + " is not defined");
  }

  Examiner examiner(const ExamineSettings& examining) const {
    const SubjectFactory start = subject_factory(launching_);
    return [this, start, examining](const Trace& trace) {
      Examination examination = examine(trace, start, examining);
      if (examination.finding) add_source_lines(*examination.finding, built_.library, built_.sources);
      return examination;
    };
  }

 private:
  const Rubric& rubric_;
  Built built_;
  Inspection inspection_;
  LaunchSettings launching_;
};

TraceResult result_of(const Trace& trace, Examination examination) {
  TraceResult result{.name = trace.name(), .requests = trace.requests().size()};
  const std::size_t request = examination.finding ? examination.finding->request : 0;
  if (request >= 1 && request <= trace.requests().size()) result.finding_lines = {trace.line_of(request - 1)};
  result.examination = std::move(examination);
  return result;
}

Identity identity_of(const Rubric& rubric, const ShrinkFailureSettings& settings, const Built& built) {
  Identity identity{.sha256 = sha256_of_files(built.sources),
                    .compiler = built.compiler,
                    .flags = built.flags,
                    .rubric = rubric.file.string(),
                    .alignment_bytes = rubric.alignment_bytes(),
                    .heap_limit_bytes = rubric.heap.limit_bytes,
                    .abi = rubric.build.abi,
                    .pointer_cast_warnings = built.pointer_cast_warnings,
                    .refused_growths = settings.refuse_growth,
                    .command = settings.command,
                    .options = settings.options};
  for (const fs::path& path : settings.submission) identity.files.push_back(path.string());
  return identity;
}

EmitSettings dialect_of(const Rubric& rubric, const LaunchSettings& launching) {
  return {.prefix = launching.interface.prefix,
          .aligned_function = launching.interface.aligned_function,
          .init_returns_bool = launching.interface.init_returns_bool,
          .alignment = rubric.alignment_bytes(),
          .heap_limit_bytes = rubric.heap.limit_bytes};
}

// The trace up to the request that was convicted, when that is convicted too, as a whole new trace.
Trace short_of(const Trace& trace, const Finding& finding, const Examiner& examine) {
  return failing_prefix(trace, finding, examine);
}

Examiner told_of(const Examiner& examine, const Finding& finding, std::size_t requests,
                 const ShrinkListener& listener) {
  if (!listener) return examine;
  return [&examine, finding, listener, tries = std::size_t{0}, left = requests](const Trace& trace) mutable {
    Examination examination = examine(trace);
    if (examination.finding && is_same_failure(finding, *examination.finding))
      left = std::min(left, trace.requests().size());
    listener(++tries, left);
    return examination;
  };
}

}  // namespace

bool is_same_failure(const Finding& first, const Finding& other) {
  const std::string function = innermost_function(first);
  return other.fault == first.fault && other.beneath == first.beneath && other.run == first.run &&
         (function.empty() || function == innermost_function(other));
}

Shrunk shrink_by_verdict(const Trace& trace, const Finding& finding, const Examiner& examine,
                         const ShrinkSettings& settings) {
  const auto still_fails = [&](const Trace& candidate) {
    const Examination examination = examine(candidate);
    return examination.finding && is_same_failure(finding, *examination.finding);
  };
  return shrink(trace, still_fails, settings);
}

ShrinkFailureOutcome shrink_failure(const Rubric& rubric, const ShrinkFailureSettings& settings,
                                    const ShrinkListener& listener) {
  check_caller_limits(rubric, 1);
  const Trace trace = load_trace(settings.trace);
  const ScratchFolder scratch(settings.state_dir);
  auto outcome = build_submission(settings.submission, rubric.build, build_places(rubric, scratch.path()));
  if (auto* failed = std::get_if<BuildFailed>(&outcome)) return std::move(*failed);
  Subjects subjects(rubric, std::move(std::get<Built>(outcome)));
  subjects.require_functions_for(trace);
  const ExamineSettings all_runs = subjects.all_runs(settings.refuse_growth);
  const Examination whole = subjects.examiner(all_runs)(trace);
  if (!whole.finding) return PassesAfterAll{};
  const Finding& finding = *whole.finding;

  ShrinkSettings bounds{.most_tries = settings.most_tries};
  if (finding.fault == Fault::kNoProgress) {
    subjects.lose_patience();
    bounds.most_tries = std::min(bounds.most_tries, kMostTriesOfHangs);
  }
  const Examiner examine = subjects.examiner(enough_to_see(finding, all_runs));
  const Trace start = short_of(trace, finding, examine);
  const Examiner telling = told_of(examine, finding, start.requests().size(), listener);
  Shrunk shrunk = shrink_by_verdict(start, finding, telling, bounds);
  TraceResult result = result_of(shrunk.trace, examine(shrunk.trace));
  return ShrunkFailure{.shrunk = std::move(shrunk),
                       .requests_before = trace.requests().size(),
                       .result = std::move(result),
                       .identity = identity_of(rubric, settings, subjects.built()),
                       .dialect = dialect_of(rubric, subjects.launching())};
}

}  // namespace heapjudge
