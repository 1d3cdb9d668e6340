#include "judge/trace_run.h"

#include <algorithm>
#include <stdexcept>
#include <system_error>

#include "judge/clock_requests.h"
#include "judge/missing_function.h"
#include "judge/session_subject.h"
#include "judge/source_lines.h"
#include "judge/trace_pool.h"
#include "judge/whole_file.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

TraceResult result_of_entry(const TraceEntry& entry, const Trace& trace) {
  return {.name = entry.name,
          .file = entry.file,
          .tier = entry.tier,
          .weight = entry.weight,
          .counts = entry.counts,
          .hidden = entry.hidden,
          .requests = trace.requests().size()};
}

// A submission that lacks a function every trace needs is not run at all.
std::string unusable_because(const Inspection& inspection) {
  const auto finding = std::ranges::find(inspection.findings, Fault::kBadSignature, &StaticFinding::fault);
  return finding == inspection.findings.end() ? "" : finding->message;
}

bool speed_is_wanted(const TraceRunTerms& terms) {
  return terms.settings.measure && terms.rubric.scoring.throughput.points > 0 &&
         std::ranges::any_of(terms.settings.traces,
                             [](const TraceEntry& entry) { return counts_for_throughput(entry.counts); });
}

}  // namespace

bool asks_own_checker(const TraceRunTerms& terms) { return terms.settings.own_checks || terms.rubric.own_checks; }

std::string reason_not_to_run(const TraceRunTerms& terms, const Trace& trace) {
  const std::string unusable = unusable_because(terms.inspection);
  if (!unusable.empty()) return unusable;
  const std::string missing = missing_function(trace, terms.inspection, terms.rubric.inspect.prefix);
  return missing.empty() ? "" : missing + " is not defined";
}

TraceRun::TraceRun(const TraceRunTerms& terms, const std::vector<Trace>& traces)
    : terms_(terms), traces_(traces), unusable_(unusable_because(terms.inspection)), orders_(traces.size()) {
  for (std::size_t i = 0; i < traces.size(); ++i) {
    results_.push_back(result_of_entry(terms.settings.traces[i], traces[i]));
  }
  ExamineSettings examining = examine_settings(terms.rubric, terms.settings.refuse_growth);
  if (asks_own_checker(terms)) add_own_checks(terms.inspection, examining);
  examining.history = terms.settings.history;
  const LaunchSettings launching =
      launch_settings(terms.rubric, terms.inspection, terms.built.library, terms.settings.require_isolation);
  const SubjectFactory start = subject_factory(launching);
  examine_ = [examining, start](const Trace& trace) { return examine(trace, start, examining); };
  rules_ = examining.rules;
  start_watched_ = watched_subject_factory(launching);
  clocked_ = contender(launching);
  if (!unusable_.empty() || !speed_is_wanted(terms)) return;
  timing_ = std::make_unique<SessionTiming>(
      terms.rubric,
      TimingTerms{.subject = launching, .scratch_dir = terms.scratch_dir, .start = start, .examine = examining});
}

std::vector<TraceResult> TraceRun::run(const SessionListener& listener) {
  check_all(listener);
  note_slow_checkers();
  if (timing_) time_all(listener);
  return std::move(results_);
}

void TraceRun::check_all(const SessionListener& listener) {
  std::size_t done = 0;
  const auto tell = [&](std::size_t) {
    if (listener) listener({.step = SessionStep::kChecking, .done = ++done, .total = traces_.size()});
  };
  const auto judge = [this](std::size_t i) { check(i); };
  run_on_threads(terms_.settings.workers, {.jobs = traces_.size(), .run = judge, .done = tell});
}

void TraceRun::check(std::size_t i) {
  TraceResult& result = results_[i];
  result.not_run = reason_not_to_run(traces_[i]);
  if (!result.not_run.empty()) return;
  result.examination = examine_(traces_[i]);
  note_finding(traces_[i], result);
  if (terms_.settings.latencies) clock(traces_[i], result);
  if (timing_ && timing_->wants(result)) orders_[i] = timing_->check(traces_[i], *result.examination);
  result.examination->answers = {};  // they are many
}

// On an empty trace there is nothing to clock.
void TraceRun::clock(const Trace& trace, TraceResult& result) const {
  if (result.examination->finding) {
    result.latencies.emplace("it broke a rule");
  } else if (!trace.requests().empty()) {
    result.latencies.emplace(clock_requests(trace, clocked_, result.examination->answers));
  }
}

void TraceRun::time_all(const SessionListener& listener) {
  std::vector<std::size_t> timed;
  std::vector<SessionTiming::Task> tasks;
  for (std::size_t i = 0; i < traces_.size(); ++i) {
    if (orders_[i].orders.empty()) continue;
    note_unsound_order(i);
    timed.push_back(i);
    tasks.push_back({traces_[i], orders_[i], results_[i]});
  }
  std::size_t done = 0;
  timing_->time(tasks, [&](std::size_t task) {
    const std::size_t i = timed[task];
    if (!results_[i].measurement) note_finding(traces_[i], results_[i]);
    if (listener) listener({.step = SessionStep::kTiming, .done = ++done, .total = tasks.size()});
  });
  orders_.clear();
}

void TraceRun::note_finding(const Trace& trace, TraceResult& result) {
  if (!result.examination->finding) return;
  failed_ = true;
  Finding& finding = *result.examination->finding;
  if (!result.hidden) find_source_lines(trace, finding);
  const bool in_trace = finding.request >= 1 && finding.request <= trace.requests().size();
  if (in_trace) result.finding_lines = {trace.line_of(finding.request - 1)};
  if (!result.hidden) result.saved_prefix = save(trace, result.name, finding);
}

void TraceRun::find_source_lines(const Trace& trace, Finding& finding) const {
  find_culprit(trace, {.rules = rules_, .start = start_watched_}, finding);
  add_source_lines(finding, terms_.built.library, terms_.built.sources);
}

void TraceRun::note_slow_checkers() {
  for (const TraceResult& result : results_) {
    if (!result.examination || result.examination->checker_remark.empty() || result.hidden) continue;
    notes_.push_back(result.name + ": " + result.examination->checker_remark);
  }
}

// It costs nothing, because no course has chosen that trace; but it is a fault all the same.
void TraceRun::note_unsound_order(std::size_t i) {
  const auto& unsound = orders_[i].unsound;
  const TraceResult& result = results_[i];
  if (!unsound || result.hidden) return;
  const Trace order = in_order(traces_[i], unsound->seed);
  const fs::path file = save(order, result.name + "-reordered", unsound->finding);
  notes_.push_back(result.name + " passes, but not with its requests in another order (" +
                   code_of(unsound->finding.fault) + ", costs nothing): " + file.string());
}

std::string TraceRun::reason_not_to_run(const Trace& trace) const {
  if (!unusable_.empty()) return unusable_;
  if (terms_.settings.stop_at_first && failed_) return "stopped after the first failure";
  return heapjudge::reason_not_to_run(terms_, trace);
}

fs::path TraceRun::save(const Trace& trace, const std::string& name, const Finding& finding) const {
  const fs::path folder = failures_folder(terms_.settings.state_dir);
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw std::runtime_error(folder.string() + ": " + error.message());
  const fs::path file = folder / failure_file_name(name, finding.fault);
  write_whole_file(file, print_trace(failing_prefix(trace, finding, examine_)));
  return file;
}

}  // namespace heapjudge
