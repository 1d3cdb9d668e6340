// From examinations to a grade sheet: arithmetic alone, no text and no files.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "judge/comparison.h"
#include "judge/finding.h"
#include "judge/fuzz_part.h"
#include "judge/measurement.h"
#include "judge/rubric.h"
#include "judge/trace_result.h"

namespace heapjudge {

// The row of a hidden trace keeps the name, the tier and what it counts for, and says whether it passed or did not
// run: nothing that a report could give away.
struct TraceRow {
  TraceResult result;
  bool ran = false;
  bool passed = false;            // in its own tier; a trace that did not run has not passed
  std::optional<Tier> charged;    // the tier that a finding costs an item of; not its own for some repetitions
  std::optional<double> utilization_points;   // its share of them; none when it does not count for them
  std::optional<double> throughput_points;    // likewise
  std::optional<double> points;               // both together
  std::optional<double> utilization_to_gain;  // what the score would gain if the utilization of this trace
  std::optional<double> throughput_to_gain;   // alone, or its speed, were at the full mark
  std::optional<double> to_gain;              // if both were
};

// What repetitions of the traces of lower tiers look for: one item of the tier that it is charged to.
struct RepeatedCheck {
  Fault fault = Fault::kInitDoesNotReset;  // or kDependsOnOldBytes, kRefusalMishandled, kOwnCheckerComplains
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
  double deducted = 0;  // max_deducted * failed / total
  double max_deducted = 0;
  bool decides = false;
};

// One half of the performance, over the traces that count for it.
struct PerformanceRow {
  std::optional<double> mean;  // utilization or speed of those that passed; none when none did
  std::size_t passed = 0;
  std::size_t total = 0;  // of the throughput, only those that failed or were measured
  double share = 0;       // of the points, 0..1: what the curve gives, less the part of those that failed
  double points = 0;      // max_points * share; with Combine::kGeometric both halves have the same share of these
  double max_points = 0;
};

// A trace whose speed is not known well enough for the score that the rubric asks for.
struct NoisyTrace {
  std::string name;
  std::optional<Measurement> measurement;  // none when the trace is hidden
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
  std::string own_checker;       // the function that each trace was repeated with, see OwnChecks; empty: none
  bool refused_growths = false;  // each trace was repeated with growths of the heap refused
  bool measured = false;         // the speeds of the traces that count for throughput were to be measured
  std::vector<std::string> notes;
  std::string command;               // that repeats this run
  std::vector<std::string> options;  // words a command needs to judge alike: {"--rubric", "my.yaml"}
};

struct GradeSheet {
  Identity identity;
  std::string rubric_name;                     // for people; may be empty
  std::string course;                          // likewise
  Scoring scoring;                             // the constants of this score
  std::vector<StaticFinding> static_findings;  // E501 to E503, of the submission as a whole
  std::vector<TraceRow> traces;
  std::vector<TierRow> tiers;                 // those with at least one item
  std::optional<PerformanceRow> utilization;  // none when no trace counts for it
  std::optional<PerformanceRow> throughput;   // none when no trace counts for it or nothing was measured
  std::vector<NoisyTrace> noisy;              // of those that count for throughput
  std::optional<FuzzPart> fuzz;               // none: the rubric asks for none
  double static_deducted = 0;                 // for the static findings; 0 where they cost everything
  double deducted = 0;                        // for them, in the tiers and for what fuzzing found
  std::optional<double> score;                // not negative; none when a speed is too noisy
  double max_score = 0;                       // of what was judged: a tier without an item adds nothing
  bool correct = false;  // every item of the tiers that decide passed, no static finding, and nothing found that decides
  std::optional<Comparison> comparison;  // with an earlier run, where one was asked for; grade() leaves it out
};

// The tier of the traces with refused growths, and of the repetitions that refuse one.
inline constexpr Tier kRefusalTier = Tier::kP2;

// A trace that did not run, whatever the reason, has not passed. A failed trace costs the points it could have
// earned, by its weight, and no others. A finding costs one item. E203, E204 and E402 (Identity::own_checker) on
// traces of lower tiers than the rubric's rerun tier are items of that tier, and E202 of a repetition (Identity::refused_growths) on traces
// below kRefusalTier is one of that: passed when the check was made on at least one of these traces and failed on
// none; there only when the check was asked for and such a trace ran. Without Identity::measured, or where no trace
// has a speed, the throughput adds nothing to score and max_score.
GradeSheet grade(const Rubric& rubric, Identity identity, std::vector<StaticFinding> static_findings,
                 std::vector<TraceResult> results);

// Adds what fuzzing came to, which changes the score and perhaps whether the submission is correct.
void add_fuzz_part(GradeSheet& sheet, FuzzPart part);

// The tier whose points a finding costs: that of the trace; or, when only a repetition of the trace went wrong,
// the rubric's rerun tier (E203, E204, E402) or kRefusalTier (E202) if it is higher.
Tier tier_charged(const Rubric& rubric, Tier trace_tier, const Finding& finding);

}  // namespace heapjudge
