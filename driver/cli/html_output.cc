// Traces are read again, so that a grading without a report keeps nothing for it.
#include "cli/html_output.h"

#include <array>

#include "judge/identity.h"
#include "judge/whole_file.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

std::string hash_of(const fs::path& file) {
  return file.empty() ? "" : sha256_of_files(std::array{file});
}

HtmlInputs inputs_for(const std::string& rubric) {
  return {.viewer = own_viewer_files(), .version = HEAPJUDGE_VERSION, .rubric_sha256 = hash_of(rubric)};
}

HtmlTrace trace_of(const TraceRow& row) {
  const TraceResult& result = row.result;
  if (result.hidden) return {};
  const bool has_history = result.examination && result.examination->history;
  return {.trace = has_history ? std::optional(load_trace(result.file)) : std::nullopt, .sha256 = hash_of(result.file)};
}

}  // namespace

void write_html(const fs::path& file, const Outcome& outcome) {
  const auto* sheet = std::get_if<GradeSheet>(&outcome);
  HtmlInputs inputs = inputs_for(sheet != nullptr ? sheet->identity.rubric : "");
  if (sheet != nullptr) {
    for (const TraceRow& row : sheet->traces) inputs.traces.push_back(trace_of(row));
  }
  write_whole_file(file, html_of(outcome, inputs));
}

void write_html(const fs::path& file, const HtmlHeap& heap, const fs::path& trace) {
  HtmlInputs inputs = inputs_for(heap.identities.front().rubric);
  inputs.traces.push_back({.sha256 = hash_of(trace)});
  write_whole_file(file, html_of(heap, inputs));
}

}  // namespace heapjudge
