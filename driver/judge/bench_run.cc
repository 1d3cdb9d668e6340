#include "judge/bench_run.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "judge/caller_limits.h"
#include "judge/libc_heap.h"
#include "judge/measure.h"
#include "judge/reference_build.h"
#include "judge/reference_name.h"
#include "judge/scratch_folder.h"
#include "judge/session.h"
#include "judge/session_subject.h"
#include "judge/session_timing.h"
#include "judge/trace_run.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

// One allocator of the bench, on its way to an entry.
class BenchRun {
 public:
  BenchRun(const Rubric& rubric, const BenchSettings& settings, const fs::path& scratch)
      : rubric_(rubric), settings_(settings), scratch_(scratch) {
    for (const TraceEntry& entry : settings.traces) traces_.push_back(load_trace(entry.file));
  }

  BenchSheet empty_sheet() const {
    BenchSheet sheet{.reference = rubric_.scoring.measuring.reference,
                     .utilization_mean = rubric_.scoring.utilization.mean,
                     .speed_mean = rubric_.scoring.throughput.mean};
    for (std::size_t i = 0; i < traces_.size(); ++i) {
      sheet.traces.push_back(settings_.traces[i].name);
      sheet.requests.push_back(traces_[i].requests().size());
      sheet.weights.push_back(settings_.traces[i].weight);
    }
    return sheet;
  }

  BenchEntry run_submission(const fs::path& submission, const BenchListener& listener);
  BenchEntry run_libc(const Reference& reference, const BenchListener& listener);

 private:
  BenchEntry run_built(const std::string& name, const SessionSettings& session, const Built& built,
                       const BenchListener& listener);
  fs::path fresh_folder();

  const Rubric& rubric_;
  const BenchSettings& settings_;
  fs::path scratch_;
  std::vector<Trace> traces_;
  int folders_ = 0;
};

fs::path BenchRun::fresh_folder() {
  const fs::path folder = scratch_ / std::to_string(++folders_);
  fs::create_directories(folder);
  return folder;
}

BenchCell cell_of(const TraceResult& result) {
  if (!result.examination) return {.failure = result.not_run};
  if (const Finding* finding = finding_of(result)) {
    return {.failure = code_of(finding->fault) + " at " + std::to_string(finding->request)};
  }
  BenchCell cell{.speed = result.measurement};
  const auto& profile = result.examination->profile;
  if (profile && counts_for_utilization(result.counts)) cell.utilization = profile->utilization;
  return cell;
}

BenchEntry BenchRun::run_submission(const fs::path& submission, const BenchListener& listener) {
  SessionSettings session{.submission = {submission},
                          .traces = settings_.traces,
                          .workers = settings_.workers,
                          .state_dir = settings_.state_dir};
  const auto outcome = build_submission({submission}, rubric_.build, build_places(rubric_, fresh_folder()));
  if (std::holds_alternative<BuildFailed>(outcome)) return {.name = submission.string(), .failure = "does not build"};
  return run_built(submission.string(), session, std::get<Built>(outcome), listener);
}

BenchEntry BenchRun::run_built(const std::string& name, const SessionSettings& session, const Built& built,
                               const BenchListener& listener) {
  const Inspection inspection = inspect(built.library, rubric_.inspect);
  TraceRun run({rubric_, session, inspection, built, fresh_folder()}, traces_);
  const auto results = run.run([&](const SessionProgress& made) {
    if (listener) listener(name, made.done, made.total);
  });
  BenchEntry entry{.name = name};
  for (const StaticFinding& finding : inspection.findings) entry.failure = code_of(finding.fault);
  if (!entry.failure.empty()) return entry;
  for (const TraceResult& result : results) entry.cells.push_back(cell_of(result));
  return entry;
}

// The C library is trusted and not checked: its blocks lie where no judge looks.
BenchEntry BenchRun::run_libc(const Reference& reference, const BenchListener& listener) {
  const fs::path folder = fresh_folder();
  const Contender libc = contender(build_reference(reference, rubric_, folder));
  const Contender beside =
      contender(build_reference(reference_called(rubric_.scoring.measuring.reference), rubric_, folder));
  const LibcHeapSettings heap{.build_dir = build_dir_of_this_program(),
                              .ilp32 = rubric_.build.abi == Abi::kIlp32,
                              .heap_limit_bytes = rubric_.heap.limit_bytes};
  BenchEntry entry{.name = reference.name};
  for (std::size_t i = 0; i < traces_.size(); ++i) {
    const Counts counts = settings_.traces[i].counts;
    BenchCell cell;
    if (counts_for_utilization(counts)) cell.utilization = measure_libc_heap(traces_[i], heap).utilization;
    if (counts_for_throughput(counts) && traces_[i].requests().size() >= kFewestTimedRequests) {
      const auto outcome = measure({&traces_[i], 1}, libc, beside, {});
      if (const auto* measurement = std::get_if<Measurement>(&outcome)) cell.speed = *measurement;
      if (!cell.speed) cell = {.failure = "did not survive"};
    }
    entry.cells.push_back(std::move(cell));
    if (listener) listener(entry.name, i + 1, traces_.size());
  }
  return entry;
}

// Speeds are what a bench is for, whatever the rubric gives for them; a count of instructions would leave the C
// library out.
Rubric rubric_for_bench(Rubric rubric) {
  rubric.scoring.throughput.points = std::max(1.0, rubric.scoring.throughput.points);
  rubric.scoring.measuring.interval_points = 0;
  rubric.rerun = rubric.other_fill = false;
  return rubric;
}

}  // namespace

BenchSheet run_bench(const Rubric& given, const BenchSettings& settings, const BenchListener& listener) {
  const Rubric rubric = rubric_for_bench(given);
  check_caller_limits(rubric, settings.workers);
  std::vector<Reference> references;
  for (const std::string& name : settings.references) references.push_back(reference_called(name));
  const ScratchFolder scratch(settings.state_dir);
  BenchRun run(rubric, settings, scratch.path());
  BenchSheet sheet = run.empty_sheet();
  for (const fs::path& submission : settings.submissions) {
    sheet.entries.push_back(run.run_submission(submission, listener));
  }
  for (const Reference& reference : references) {
    sheet.entries.push_back(reference.uses_the_system ? run.run_libc(reference, listener)
                                                      : run.run_submission(reference.name, listener));
  }
  compare(sheet);
  return sheet;
}

}  // namespace heapjudge
