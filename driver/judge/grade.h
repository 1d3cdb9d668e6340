// From examinations to a grade sheet: arithmetic alone, no text and no files.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "judge/finding.h"
#include "judge/rubric.h"

namespace heapjudge {

// A trace and what became of it.
struct TraceResult {
  std::string name;
  std::filesystem::path file;
  Tier tier = Tier::kP0;
  double weight = 1;
  bool utilization_counts = true;
  std::size_t requests = 0;
  std::vector<std::size_t>
      finding_lines;  // empty, or one: the line in the trace file of the finding's request
  std::optional<Examination> examination;  // none: it did not run
  std::string not_run;  // then why: "mm_calloc is not defined", "stopped after the first failure"
  std::filesystem::path saved_prefix;  // the shortest failing prefix, when it was saved
};

// What the trace is convicted of; nullptr when it passed or did not run.
const Finding* finding_of(const TraceResult& result);

struct TraceRow {
  TraceResult result;
  bool passed = false;            // in its own tier; a trace that did not run has not passed
  std::optional<Tier> charged;    // the tier that a finding costs an item of; not its own for some E203, E204
  std::optional<double> points;   // its share of the utilization points; none when it counts for none
  std::optional<double> to_gain;  // what the score would gain if this trace alone were at the full mark
};

struct TierRow {
  Tier tier = Tier::kP0;
  std::size_t passed = 0;
  std::size_t total =
      0;              // its traces, and for the rerun tier one item for each of E203 and E204 (see grade())
  double points = 0;  // max_points * passed / total
  double max_points = 0;
  bool decides = false;
};

// Who was graded, and under which conditions.
struct Identity {
  std::string submission;  // as given on the command line
  std::string sha256;      // of the sources' bytes, in order
  std::string compiler;
  std::string flags;
  double build_seconds = 0;
  std::string isolation;  // the level reached
  std::string rubric;
  std::uint32_t alignment_bytes = 16;
  std::uint64_t heap_limit_bytes = 0;
  Abi abi = Abi::kLp64;
  std::size_t pointer_cast_warnings = 0;
  std::vector<std::string> notes;
  std::string command;               // that repeats this run
  std::vector<std::string> options;  // words a command needs to judge alike: {"--rubric", "my.yaml"}
};

struct GradeSheet {
  Identity identity;
  std::vector<StaticFinding> static_findings;  // E501 to E503, of the submission as a whole
  std::vector<TraceRow> traces;
  std::vector<TierRow> tiers;              // those with at least one item
  std::optional<double> mean_utilization;  // 0..1, over the traces that count; a failed one counts 0
  double utilization_points = 0;
  double max_utilization_points = 0;
  double score = 0;      // 0 when there is a static finding
  double max_score = 0;  // of what was judged: a tier without an item adds nothing
  bool correct = false;  // every item of the tiers that decide passed, and no static finding
};

// A trace that did not run, whatever the reason, has not passed. A failed trace has utilization 0 in the
// mean. A finding costs one item. E203 and E204 on traces of lower tiers than the rubric's rerun tier are two
// items of that tier ("mm_init resets", "no dependence on old bytes"): passed when the check was made on at
// least one of these traces and failed on none; there only when the rubric asks for the check and such a
// trace ran.
GradeSheet grade(const Rubric& rubric, Identity identity, std::vector<StaticFinding> static_findings,
                 std::vector<TraceResult> results);

// The tier whose points a finding costs: that of the trace, or the rubric's rerun tier when it is higher and
// only a repetition of the trace went wrong (E203, E204).
Tier tier_charged(const Rubric& rubric, Tier trace_tier, const Finding& finding);

}  // namespace heapjudge
