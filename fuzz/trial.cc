#include "fuzz/trial.h"

#include <memory>

#include "fuzz/verdicts.h"
#include "judge/examine.h"
#include "judge/missing_function.h"
#include "judge/session_subject.h"
#include "submission/inspect.h"

namespace heapjudge {
namespace {

class Screening {
 public:
  Screening(SubjectFactory start, const ExamineSettings& settings) : start_(std::move(start)), settings_(settings) {}

  // Whether something went wrong, or might have: then the next trace finds a new process.
  bool is_suspicious(const Trace& trace) {
    if (!subject_) subject_ = start_();
    const ReplayResult first = run(trace, HeapFill::kZero);
    const bool is_innocent = first.is_sound() && run_alike(trace, HeapFill::kZero, first) &&
                             run_alike(trace, HeapFill::kPattern, first) &&
                             subject_->bytes_outside_heap() <= settings_.max_bytes_outside_heap;
    if (!is_innocent) subject_.reset();
    return !is_innocent;
  }

 private:
  ReplayResult run(const Trace& trace, HeapFill fill) {
    return replay(*subject_, trace, settings_.rules, {.run = {.fill = fill}});
  }

  bool run_alike(const Trace& trace, HeapFill fill, const ReplayResult& first) {
    const ReplayResult again = run(trace, fill);
    return again.is_sound() && again.offsets == first.offsets;
  }

  SubjectFactory start_;
  const ExamineSettings& settings_;
  std::unique_ptr<Subject> subject_;
};

}  // namespace

std::vector<std::pair<Trace, FuzzFinding>> judge_traces(const Rubric& rubric, const FuzzBuild& build,
                                                        std::span<const Trace> traces) {
  const Inspection inspection = inspect(build.judged.library, rubric.inspect);
  const LaunchSettings launch = launch_settings(rubric, inspection, build.judged.library);
  const SubjectFactory start = subject_factory(launch);
  const ExamineSettings settings = examine_settings(rubric, false);
  Screening screening(start, settings);
  Verdicts verdicts(verdict_terms(rubric, build, start));
  for (const Trace& trace : traces) {
    if (!missing_function(trace, inspection, rubric.inspect.prefix).empty()) continue;
    if (screening.is_suspicious(trace)) verdicts.judge({.trace = trace});
  }
  return verdicts.take();
}

}  // namespace heapjudge
