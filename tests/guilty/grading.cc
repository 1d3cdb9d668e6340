#include "tests/guilty/grading.h"

#include <fmt/format.h>

#include <stdexcept>

#include "reports/report.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

Rubric rubric_for(const GradingSettings& settings) {
  Rubric rubric;
  rubric.file = "rubric.yaml";
  rubric.build.abi = settings.abi;
  if (settings.definition != nullptr) rubric.build.definitions.push_back(settings.definition);
  rubric.inspect.forbidden_functions = {"malloc", "calloc", "realloc", "free"};
  rubric.inspect.max_global_bytes = 64 << 10;
  if (settings.alignment != 0) rubric.alignment = settings.alignment;
  rubric.layout = settings.layout;
  rubric.heap.base = settings.heap_base;
  rubric.heap.limit_bytes = settings.heap_limit_bytes;
  rubric.deadlines.request_seconds = settings.request_seconds;
  rubric.deadlines.trace_seconds = settings.trace_seconds;
  for (const Tier tier : kAllTiers) rubric.rules_of(tier).decides = true;
  return rubric;
}

std::vector<TraceEntry> entries_of(const std::vector<std::string>& traces) {
  std::vector<TraceEntry> entries;
  for (const std::string& trace : traces) {
    entries.push_back({.name = fmt::format("{}-{}", entries.size() + 1, fs::path(trace).stem().string()),
                       .file = source_dir() / trace});
  }
  return entries;
}

}  // namespace

GradeSheet grade_submission(const fs::path& submission, const std::vector<std::string>& traces,
                            const GradingSettings& settings) {
  const TemporaryFolder scratch;
  SessionSettings session;
  session.submission = {source_dir() / submission};
  session.traces = entries_of(traces);
  session.refuse_growth = settings.refuse_growth;
  session.own_checks = settings.own_checks;
  session.measure = settings.measure;
  session.state_dir = scratch.path();
  auto outcome = run_session(rubric_for(settings), session);
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) {
    throw std::runtime_error(failed->command + "\n" + failed->diagnostics);
  }
  return std::get<GradeSheet>(std::move(outcome));
}

std::string verdict_text(Fault fault, std::size_t request, std::string_view message) {
  return fmt::format("{} at {}: {}", code_of(fault), request, message);
}

std::string verdict_of(const TraceRow& row) {
  const auto& examination = row.result.examination;
  if (!examination) return "not run: " + row.result.not_run;
  if (!examination->finding) return "passed";
  const Finding& finding = *examination->finding;
  return verdict_text(finding.fault, finding.request, describe(finding));
}

}  // namespace heapjudge
