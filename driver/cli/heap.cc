// heapjudge heap: one trace, one or two allocators, one picture.
#include <algorithm>
#include <cstdio>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/html_output.h"
#include "cli/screen.h"
#include "cli/signals.h"
#include "cli/trace_selection.h"
#include "history/series.h"
#include "judge/session.h"
#include "judge/whole_file.h"
#include "reports/heap_view.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

TraceEntry chosen_trace(const Rubric& rubric, const HeapOptions& options) {
  std::vector<TraceEntry> traces = select_traces(rubric, options.common);
  if (traces.size() != 1) {
    throw InputError("a picture is of one trace: choose it with -f, a file or a name of the rubric; " +
                     std::to_string(traces.size()) + " are selected");
  }
  if (traces.front().hidden)
    throw InputError(traces.front().name + " is a hidden trace: there is no picture of it");
  return traces.front();
}

// One replay is what a picture shows.
Rubric rubric_for_picture(const HeapOptions& options) {
  Rubric rubric = rubric_for(options.common);
  rubric.rerun = rubric.other_fill = false;
  return rubric;
}

struct Replayed {
  Identity identity;
  TraceResult result;
};

// A trace that one or two allocators are replayed on.
struct Plan {
  const Rubric& rubric;
  const TraceEntry& entry;
  std::string command;
  bool latencies = false;
};

// Nothing when it does not build; then that has been told.
std::optional<Replayed> replay_of(const std::vector<std::filesystem::path>& submission, const Plan& plan) {
  const auto outcome = run_session(plan.rubric, {.submission = submission,
                                                 .traces = {plan.entry},
                                                 .measure = false,
                                                 .history = true,
                                                 .latencies = plan.latencies,
                                                 .state_dir = kStateDir,
                                                 .command = plan.command});
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) {
    give_way_to_interrupt();
    std::fprintf(stderr, "%s\nheapjudge: %s does not build: %s\n", failed->diagnostics.c_str(),
                 submission.front().c_str(), failed->command.c_str());
    return std::nullopt;
  }
  const GradeSheet& sheet = std::get<GradeSheet>(outcome);
  return Replayed{.identity = sheet.identity, .result = sheet.traces.front().result};
}

HeapSubject subject_of(const Replayed& replayed) {
  const TraceResult& result = replayed.result;
  if (!result.examination) throw InputError(replayed.identity.submission + " was not run: " + result.not_run);
  HeapSubject subject{.name = replayed.identity.submission, .history = &*result.examination->history};
  if (const auto& finding = result.examination->finding) {
    subject.failure = "[" + code_of(finding->fault) + "] " + describe(*finding);
  }
  if (!result.latencies) return subject;
  subject.latencies = std::get_if<Latencies>(&*result.latencies);
  if (const auto* why = std::get_if<std::string>(&*result.latencies)) subject.not_clocked = *why;
  return subject;
}

RequestSpan window_of(const HeapOptions& options, const Trace& trace) {
  const std::size_t requests = trace.requests().size();
  if (requests == 0) throw InputError(trace.name() + " has no requests");
  RequestSpan window{1, requests};
  if (options.zoom) window = {options.zoom->first, std::min<std::uint64_t>(options.zoom->last, requests)};
  if (window.first > requests) {
    throw InputError("--zoom: the trace has " + std::to_string(requests) + " requests");
  }
  if (options.picture == HeapPicture::kStrip && window.requests() > kMostStripRows) {
    throw InputError("a strip is of at most " + std::to_string(kMostStripRows) +
                     " requests: choose them with --zoom A:B");
  }
  return window;
}

std::size_t moment_of_map(const HeapOptions& options, const HeapView& view) {
  const std::size_t requests = view.trace.requests().size();
  if (options.at && *options.at > requests) {
    throw InputError("--at: the trace has " + std::to_string(requests) + " requests");
  }
  if (options.at) return *options.at;
  return std::max<std::size_t>(view.window.first,
                               figures_of(*view.subjects.front().history, view.window).peak_request);
}

void write_report(const std::filesystem::path& file, const HeapView& view, const std::vector<Replayed>& replayed,
                  const TraceEntry& entry) {
  HtmlHeap heap{.view = view, .identities = {}};
  for (const Replayed& one : replayed) heap.identities.push_back(one.identity);
  write_html(file, heap, entry.file);
}

void show(const HeapOptions& options, const HeapView& view) {
  if (options.svg) write_whole_file(*options.svg, svg_of(view, options.picture));
  if (options.terminal)
    write_stdout(text_of(view, options.picture, text_style(options.common.colour, false, false)));
}

}  // namespace

int run_heap(const HeapOptions& options, const std::string& command) {
  const Rubric rubric = rubric_for_picture(options);
  const TraceEntry entry = chosen_trace(rubric, options);
  const Trace trace = load_trace(entry.file);
  HeapView view{.trace = trace, .window = window_of(options, trace)};
  std::vector<std::vector<std::filesystem::path>> submissions{options.common.submission};
  if (options.other) submissions.push_back({*options.other});
  std::vector<Replayed> replayed;
  const bool latencies = options.html || options.picture == HeapPicture::kLatency;
  const Plan plan{.rubric = rubric, .entry = entry, .command = command, .latencies = latencies};
  for (const auto& submission : submissions) {
    auto one = replay_of(submission, plan);
    if (!one) return kExitNotBuilt;
    replayed.push_back(std::move(*one));
  }
  give_way_to_interrupt();
  for (const Replayed& one : replayed) view.subjects.push_back(subject_of(one));
  view.at = moment_of_map(options, view);
  if (options.html) write_report(*options.html, view, replayed, entry);
  show(options, view);
  return replayed.front().result.examination->finding ? kExitRuleBroken : kExitPassed;
}

}  // namespace heapjudge
