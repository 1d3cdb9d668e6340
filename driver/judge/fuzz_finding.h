// What fuzzing finds, one kind of failure at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "judge/symptom.h"
#include "judge/trace_result.h"

namespace heapjudge {

// How sure we are of a finding.
enum class Proof : std::uint8_t {
  kJudged,    // the judge has convicted the submission on this trace, in a process of its own
  kGuardOnly  // only the guard saw it: a store that the same request has put right again
};

// What a sanitizer has caught.
struct SanitizerError {
  std::string sanitizer;           // "asan", "ubsan"
  std::string kind;                // "use-after-poison"
  std::string access = {};         // "WRITE of 8"; empty where it tells none
  std::vector<SourceFrame> stack = {};  // innermost first; of the submission
};

// What the sanitizers say of a trace, with live payloads and all behind the heap poisoned. It explains a finding, and
// changes nothing of it.
struct SanitizerView {
  std::vector<SanitizerError> errors;
  std::string remark;  // one sentence where there are none
};

// A failing trace, the shortest of those that fail alike: by the same rule, in the same function, or by others that
// small changes of such a trace turn into.
struct FuzzFinding {
  TraceResult result;      // the trace, by its saved file, and what it is convicted of
  Proof proof = Proof::kJudged;
  std::string function;    // of the submission; of its interface where nothing tells more
  std::vector<Symptom> also;  // what else is taken for the same bug; by requests, then code, then function
  std::size_t alike = 1;   // proposals that failed alike, of all its symptoms
  std::uint64_t found_after = 0;  // executions
  double found_cpu_seconds = 0;   // of the fuzzing process, until the first of those that fail alike
  double shrink_cpu_seconds = 0;  // that it took to make the trace so short
  std::optional<SanitizerView> sanitizers = {};  // none: they were not asked
};

struct FuzzCounts {
  std::uint64_t inputs = 0;
  std::uint64_t executions = 0;  // of a whole trace; some inputs take two
  std::uint64_t requests = 0;    // that were answered
  std::uint64_t escapes = 0;     // executions that the submission did not survive
  std::uint64_t restarts = 0;    // processes that did not survive either
  std::uint64_t acquitted = 0;   // proposals on which the judge could not convict

  FuzzCounts& operator+=(const FuzzCounts& more) {
    inputs += more.inputs;
    executions += more.executions;
    requests += more.requests;
    escapes += more.escapes;
    restarts += more.restarts;
    acquitted += more.acquitted;
    return *this;
  }
  friend bool operator==(const FuzzCounts&, const FuzzCounts&) = default;
};

}  // namespace heapjudge
