// How fast an allocator is, beside a reference in the same run.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "judge/measurement.h"
#include "subject/timed_subject.h"
#include "trace/trace.h"

namespace heapjudge {

// Theory of operation.
//
//   pair    both processes are started anew, then take four turns each, one after the other:
//             subject replays the trace n times │ reference m times │ the reference's process the loop alone
//             each timed by the CPU clock of its process, read while it sleeps, after an untimed pass
//   ratio   (reference - loop) / (subject - loop), seconds of a pass, each the least of its turns
//   speed   the median of the ratios of all pairs
//
// Noise of a machine only ever adds, so the least of a few turns is nearer to the truth than their mean; and where the
// kernel happens to put a process's pages decides some percent, so a pair takes fresh ones. Each pair takes one of
// several orders of the same requests. After each turn the subject's answers are compared with those of the checked
// replay of that order: an allocator that behaves differently when it is timed is found out. Pairs are added until the
// interval is narrow enough or the budget is used up.

struct MeasureSettings {
  double interval = 0.05;       // width asked for, relative to the speed (to a quarter where that is less)
  double enough = 1e9;          // a speed whose whole interval lies above this need not be known any better
  double budget_seconds = 10;   // on the wall clock; three pairs are made in any case
  double turn_seconds = 0.002;  // CPU time to aim at for one turn
  std::uint64_t seed = 1;       // of the choice of orders and probed bytes
};

struct Contender {
  std::function<std::unique_ptr<TimedSubject>(ReplayProgram&)> start;  // throws when the machine is at fault
  // For each order the answers of its checked replay; empty: they are not compared.
  std::vector<std::vector<std::uint64_t>> answers;
};

// What the subject did that it does not do when it is checked.
struct TimedFault {
  std::size_t order = 0;
  std::size_t request = 0;        // from 1; 0: no single one
  std::uint64_t answered = 0;     // an offset
  std::uint64_t checked = 0;
  std::uint64_t lost_bytes = 0;   // when the answers are the same: probed bytes that were not kept
  std::optional<Ending> ending;   // when it did not survive
};

// `orders` are the same requests in one or more orders. Throws std::runtime_error when the reference does not survive.
// Not to be called on two threads at once: they would time each other.
std::variant<Measurement, TimedFault> measure(std::span<const Trace> orders, const Contender& subject,
                                              const Contender& reference, const MeasureSettings& settings);

}  // namespace heapjudge
