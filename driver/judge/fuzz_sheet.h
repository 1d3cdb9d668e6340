// What came of fuzzing one submission: plain data for the reports.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "judge/grade.h"
#include "trace/trace.h"

namespace heapjudge {

// How sure we are of a finding.
enum class Proof : std::uint8_t {
  kJudged,    // the judge has convicted the submission on this trace, in a process of its own
  kGuardOnly  // only the guard saw it: a store that the same request has put right again
};

// A failing trace, the shortest of those that fail alike: by the same rule, in the same function.
struct FuzzFinding {
  TraceResult result;      // the trace, by its saved file, and what it is convicted of
  Proof proof = Proof::kJudged;
  std::string function;    // of the submission; of its interface where nothing tells more
  std::size_t alike = 1;   // proposals that failed alike
  std::uint64_t found_after = 0;  // executions
  double found_cpu_seconds = 0;   // of the fuzzing process, until the first of those that fail alike
  double shrink_cpu_seconds = 0;  // that it took to make the trace so short
};

struct FuzzCounts {
  std::uint64_t inputs = 0;
  std::uint64_t executions = 0;  // of a whole trace; some inputs take two
  std::uint64_t requests = 0;    // that were answered
  std::uint64_t escapes = 0;     // executions that the submission did not survive
  std::uint64_t restarts = 0;    // processes that did not survive either
  std::uint64_t acquitted = 0;   // proposals on which the judge could not convict

  friend bool operator==(const FuzzCounts&, const FuzzCounts&) = default;
};

struct FuzzSheet {
  Identity identity;
  std::uint64_t seed = 1;
  Tier lowest_tier = Tier::kP0;
  Tier highest_tier = Tier::kP3;
  unsigned workers = 1;
  bool guarded = false;   // every load and store was watched
  bool guided = false;    // by what the inputs reach, by means of libFuzzer
  bool interrupted = false;
  double seconds = 0;
  FuzzCounts counts;
  std::vector<FuzzFinding> findings;  // by tier, then by code
};

// The lowest tier whose traces may hold these requests. A size beyond `heap_limit_bytes` is a huge one.
Tier tier_of(const Trace& trace, std::uint64_t heap_limit_bytes);

}  // namespace heapjudge
