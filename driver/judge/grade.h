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
  std::optional<Tier> charged;    // the tier that a finding costs an item of; not its own for some repetitions
  std::optional<double> points;   // its share of the utilization points; none when it counts for none
  std::optional<double> to_gain;  // what the score would gain if this trace alone were at the full mark
};

// What repetitions of the traces of lower tiers look for: one item of the tier that it is charged to.
struct RepeatedCheck {
  Fault fault = Fault::kInitDoesNotReset;  // or kDependsOnOldBytes, kRefusalMishandled
  std::size_t made = 0;                    // on how many of these traces; the others went wrong before
  std::size_t failed = 0;

  bool passed() const { return made > 0 && failed == 0; }
  friend bool operator==(const RepeatedCheck&, const RepeatedCheck&) = default;
};

struct TierRow {
  Tier tier = Tier::kP0;
  std::size_t passed = 0;
  std::size_t total = 0;              // its traces and its checks
  std::vector<RepeatedCheck> checks;  // those asked for, when a trace of a lower tier ran
  double points = 0;                  // max_points * passed / total
  double max_points = 0;
  bool decides = false;
};

// Who was graded, and under which conditions.
struct Identity {
  std::string submission;          // as given on the command line
  std::vector<std::string> files;  // its words
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
  bool refused_growths = false;  // each trace was repeated with growths of the heap refused
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

// The tier of the traces with refused growths, and of the repetitions that refuse one.
inline constexpr Tier kRefusalTier = Tier::kP2;

// A trace that did not run, whatever the reason, has not passed. A failed trace has utilization 0 in the
// mean. A finding costs one item. E203 and E204 on traces of lower tiers than the rubric's rerun tier are two
// items of that tier, and E202 of a repetition (Identity::refused_growths) on traces below kRefusalTier is
// one of that: passed when the check was made on at least one of these traces and failed on none; there only
// when the check was asked for and such a trace ran.
GradeSheet grade(const Rubric& rubric, Identity identity, std::vector<StaticFinding> static_findings,
                 std::vector<TraceResult> results);

// The tier whose points a finding costs: that of the trace; or, when only a repetition of the trace went wrong,
// the rubric's rerun tier (E203, E204) or kRefusalTier (E202) if it is higher.
Tier tier_charged(const Rubric& rubric, Tier trace_tier, const Finding& finding);

}  // namespace heapjudge
