#include "fuzz/trial.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "fuzz/verdicts.h"
#include "judge/examine.h"
#include "judge/missing_function.h"
#include "judge/session_subject.h"
#include "submission/inspect.h"

namespace heapjudge {
namespace {

constexpr double kSecondsToPassOver = 0.2;  // each trace that hangs takes as long, several times over
constexpr int kLooksInVain = 3;

// How a trace goes wrong, as far as that shows without a closer look: the rule, or the ending; neither when its runs
// differ from each other.
using Suspicion = std::pair<std::optional<Fault>, std::optional<EndingKind>>;

class Screening {
 public:
  Screening(SubjectFactory start, const ExamineSettings& settings) : start_(std::move(start)), settings_(settings) {}

  // None when all went well; otherwise the next trace finds a new process.
  std::optional<Suspicion> suspicion(const Trace& trace) {
    if (!subject_) subject_ = start_();
    const ReplayResult first = run(trace, HeapFill::kZero);
    const bool is_innocent = first.is_sound() && run_alike(trace, HeapFill::kZero, first) &&
                             run_alike(trace, HeapFill::kPattern, first) &&
                             subject_->bytes_outside_heap() <= settings_.max_bytes_outside_heap;
    if (is_innocent) return std::nullopt;
    Suspicion suspicion;
    if (first.violation) suspicion.first = first.violation->fault;
    if (first.ended) suspicion.second = subject_->end().kind;
    subject_.reset();
    return suspicion;
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

std::vector<Told> judge_traces(const Rubric& rubric, const FuzzBuild& build,
                                                        std::span<const Trace> traces) {
  const Inspection inspection = inspect(build.judged.library, rubric.inspect);
  LaunchSettings launch = launch_settings(rubric, inspection, build.judged.library);
  launch.request_seconds = std::min(launch.request_seconds, kSecondsToPassOver);
  const SubjectFactory start = subject_factory(launch);
  const ExamineSettings settings = examine_settings(rubric, false);
  Screening screening(start, settings);
  Verdicts verdicts(verdict_terms(rubric, build, start));
  std::map<Suspicion, int> in_vain;
  for (const Trace& trace : traces) {
    if (!missing_function(trace, inspection, rubric.inspect.prefix).empty()) continue;
    const auto suspicion = screening.suspicion(trace);
    if (!suspicion || in_vain[*suspicion] == kLooksInVain) continue;
    const std::size_t known = verdicts.kinds();
    verdicts.judge({.trace = trace});
    in_vain[*suspicion] = verdicts.kinds() > known ? 0 : in_vain[*suspicion] + 1;
  }
  return verdicts.take();
}

}  // namespace heapjudge
