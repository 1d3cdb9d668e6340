// How many instructions an allocator takes, beside a reference: a measure of speed that is the same on every run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <variant>
#include <vector>

#include "judge/measure.h"
#include "subject/child_subject.h"
#include "trace/trace.h"

namespace heapjudge {

// Theory of operation.
//
//   reference, then subject:  valgrind ─► host ─► one replay that only warms up, and one that callgrind counts
//
// Counted is what runs inside of mm_init and the other functions, whatever they call included: not the replay, nor the
// calls themselves (student/count_replay.h tells how). The number depends on the submission's machine code, on what the
// C library chooses for this processor, and on nothing else: not on load, names of files, environment or addresses,
// which are fixed. It knows nothing of caches and of badly predicted branches; `cpu` does.
//
// As when time is measured, the subject's answers are compared with those of its checked replay. A library that holds
// requests to valgrind itself is at fault with an Ending (kForbiddenSyscall). Beyond that a count is taken in the
// submission's own process, and one that writes code at run time, or guesses where valgrind keeps its books, can forge
// it: where strangers compete, `cpu` is the clock.

struct CountedContender {
  LaunchSettings settings;
  std::vector<std::uint64_t> answers;  // of its checked replay; empty: they are not compared
};

struct CountSettings {
  std::filesystem::path scratch_dir;  // exists, and programs can be run there
  std::uint64_t seed = 1;             // of probed bytes
};

// Costs are instructions of one replay, `speed` is their ratio, and both ends of its interval are the same. Throws
// std::runtime_error, in one line, when valgrind is missing or cannot work here, or the reference does not survive.
// May be called on several threads at once.
std::variant<Measurement, TimedFault> count_instructions(const Trace& trace, const CountedContender& subject,
                                                         const CountedContender& reference,
                                                         const CountSettings& settings);

}  // namespace heapjudge
