// What a run is compared with, and what has changed since: arithmetic alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace heapjudge {

struct GradeSheet;
struct TraceRow;

enum class TraceState : std::uint8_t { kPassed, kFailed, kNotRun };

// A finding in a repetition of the trace is a failure, too.
TraceState state_of(const TraceRow& row);

// What is left of an earlier grade sheet. A hidden trace has a state and nothing else.
struct PastTrace {
  TraceState state = TraceState::kNotRun;
  std::optional<double> utilization;
  std::optional<double> speed;
  std::optional<double> points;
};

struct PastRun {
  std::string name;    // as it was saved
  std::string rubric;  // its file
  std::optional<double> score;
  double max_score = 0;
  bool fuzzed = false;  // the score has a fuzz part
  std::map<std::string, PastTrace> traces;  // by name
};

// Now minus then, where both are known.
struct TraceChange {
  std::optional<TraceState> before;  // none: the earlier run did not have this trace
  std::optional<double> utilization;
  std::optional<double> speed;
  std::optional<double> points;  // only with Comparison::same_terms
};

// Points mean the same only where the same traces were weighed under the same rubric, up to the same maximum, both with
// or both without a fuzz part.
struct Comparison {
  std::string with;  // PastRun::name
  bool same_terms = false;
  std::optional<double> score;      // now minus then; only with same_terms
  std::vector<TraceChange> traces;  // one for each row of the sheet, in its order
};

Comparison compare(const GradeSheet& now, const PastRun& before);

// What --vs would find if this sheet had been saved under that name.
PastRun past_run_of(const GradeSheet& sheet, const std::string& name);

}  // namespace heapjudge
