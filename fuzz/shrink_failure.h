// Shrinks a trace on which a submission fails, by the judge's own verdict in sandboxed processes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "fuzz/emit_c.h"
#include "fuzz/shrink.h"
#include "judge/grade.h"
#include "judge/rubric.h"
#include "judge/saved_failure.h"
#include "submission/build.h"

namespace heapjudge {

// Whether two convictions are of the same: code, what lies beneath it, the run it showed in, and the
// innermost function where the first one has any. `library` is what was examined.
bool is_same_failure(const Finding& first, const Finding& other);

// Shrinks `trace`, of which `finding` was found, to one of which `examine` finds the same. The examiner has
// to fill in the finding's stacks, or else functions do not count.
Shrunk shrink_by_verdict(const Trace& trace, const Finding& finding, const Examiner& examine,
                         const ShrinkSettings& settings);

struct ShrinkFailureSettings {
  std::vector<std::filesystem::path> submission;  // as SessionSettings has it
  std::filesystem::path trace;
  bool refuse_growth = false;  // --check
  std::size_t most_tries = 2000;
  std::filesystem::path state_dir = ".heapjudge";
  std::string command;
  std::vector<std::string> options;  // see Identity
};

struct ShrunkFailure {
  Shrunk shrunk;
  std::size_t requests_before = 0;
  TraceResult result;  // of the shrunk trace, still without a file
  Identity identity;
  EmitSettings dialect;  // how the submission wants to be called
};

struct PassesAfterAll {};

using ShrinkFailureOutcome = std::variant<ShrunkFailure, PassesAfterAll, BuildFailed>;

// Told after each examination: how many there were, and how many requests are left.
using ShrinkListener = std::function<void(std::size_t tries, std::size_t requests_left)>;

// Throws InputError (operator: the trace, a function that it needs and the submission lacks) or
// std::runtime_error (machine).
ShrinkFailureOutcome shrink_failure(const Rubric& rubric, const ShrinkFailureSettings& settings,
                                    const ShrinkListener& listener = {});

}  // namespace heapjudge
