// heapjudge trace: everything but the making of traces.
#include <algorithm>
#include <string>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/screen.h"
#include "cli/trace_output.h"
#include "reports/trace_figures.h"
#include "trace/cut.h"
#include "trace/input_error.h"
#include "trace/mtrace_format.h"
#include "trace/remarks.h"
#include "trace/rep_format.h"
#include "trace/statistics.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostFaults = 100;

int run(const TraceInfoOptions& options) {
  const Trace trace = load_trace(options.trace);
  const TraceFigures figures{.heap_limit_bytes = options.heap_limit_bytes,
                             .analysis = analyse(trace, options.heap_limit_bytes),
                             .packing = pack(trace, options.heap_limit_bytes)};
  write_stdout(options.format == Format::kJson
                   ? json_of(trace, figures)
                   : text_of(trace, figures, text_style(ColourRule::kAuto, false, false)));
  return kExitPassed;
}

CheckedTrace check(const std::filesystem::path& file, std::uint64_t heap_limit_bytes) {
  CheckedTrace checked{.file = file.string(), .faults = {}, .remarks = {}};
  try {
    const std::string bytes = load_trace_bytes(file);
    checked.faults = faults_of_trace(checked.file, bytes, kMostFaults);
    if (checked.faults.empty())
      checked.remarks = remarks_on(parse_trace(checked.file, bytes), heap_limit_bytes);
  } catch (const InputError& error) {
    checked.faults = {error.what()};  // of the file as a whole
  }
  return checked;
}

int run(const TraceCheckOptions& options) {
  std::vector<CheckedTrace> checked;
  for (const auto& file : options.traces) checked.push_back(check(file, options.heap_limit_bytes));
  write_stdout(options.format == Format::kJson ? json_of(checked) : text_of(checked));
  const bool sound =
      std::ranges::all_of(checked, [](const CheckedTrace& trace) { return trace.faults.empty(); });
  return sound ? kExitPassed : kExitUsage;
}

// The numbers of a header as the other dialect would have them.
TraceHeader header_in(Dialect dialect, const Trace& trace) {
  TraceHeader header = trace.header();
  if (header.dialect == dialect) return header;
  const std::uint64_t peak = payload_peak(trace).bytes;
  header.dialect = dialect;
  header.heap_bytes = dialect == Dialect::kWeighted ? peak : std::max(peak, kLeastSuggestedHeap);
  if (dialect == Dialect::kWeighted && header.weight >= kLeastSuggestedHeap) {
    throw InputError(trace.name() + ": its weight of " + std::to_string(header.weight) +
                     " would read as a heap size in the weighted header");
  }
  return header;
}

// A log of glibc's mtrace() is converted too.
Trace load_to_convert(const std::filesystem::path& file) {
  const std::string bytes = load_trace_bytes(file);
  return is_mtrace(bytes) ? parse_mtrace(file.string(), bytes) : parse_trace(file.string(), bytes);
}

int run(const TraceConvertOptions& options) {
  const Trace trace = load_to_convert(options.trace);
  const TraceHeader header = header_in(options.dialect.value_or(trace.header().dialect), trace);
  const std::span<const Request> requests = trace.requests();
  write_trace(Trace(trace.name(), header, trace.block_count(), {requests.begin(), requests.end()}),
              options.output);
  return kExitPassed;
}

int run(const TraceCutOptions& options) {
  write_trace(cut(load_trace(options.trace), options.first, options.last, options.before), options.output);
  return kExitPassed;
}

int run(const TraceDiffOptions& options) {
  const Trace left = load_trace(options.left);
  const Trace right = load_trace(options.right);
  const ComparedTraces compared{.left_name = options.left.string(),
                                .right_name = options.right.string(),
                                .left = left,
                                .right = right,
                                .difference = first_difference(left, right)};
  write_stdout(options.format == Format::kJson ? json_of(compared) : text_of(compared));
  return compared.difference ? kExitRuleBroken : kExitPassed;
}

int run(const TraceGenOptions& options) {
  return run_trace_gen(options);
}

}  // namespace

int run_trace(const TraceOptions& options) {
  return std::visit([](const auto& command) { return run(command); }, options.command);
}

}  // namespace heapjudge
