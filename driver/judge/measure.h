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

struct MeasureSettings {
  double interval = 0.05;        // width asked for, relative to the speed (to a quarter where that is less)
  double enough = 1e9;           // a speed whose whole interval lies above this need not be known any better
  double budget_seconds = 10;    // on the wall clock; three pairs are made in any case
  bool until_told = false;       // neither width nor budget ends it: whoever makes the pairs knows how many are wanted
  double turn_seconds = 0.0005;  // CPU time to aim at for one turn
  std::uint64_t seed = 1;        // of the probed bytes
};

// The memory of one turn: contenders that take turns have it in common.
struct TimedPlaces {
  ReplayProgram& program;
  std::shared_ptr<SharedMemory> heap;  // none: one's own
};

struct Contender {
  std::function<std::unique_ptr<TimedSubject>(const TimedPlaces&)> start;  // throws when the machine is at fault
  std::uint64_t heap_bytes = 0;  // of the memory that start() takes for the heap; 0: it takes none
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

class PairedMeasuring;  // judge/pairs.h, which tells how

// Says of each whether another pair of it is wanted; asked anew in each round, of those alone that want one themselves.
// None: each decides for itself.
using WantsPair = std::function<bool(std::size_t)>;

// Makes pairs of each that wants more, in turn, until none does: so a spell in which the machine is slow falls on a few
// pairs of all of them. Calls `finished` with the index of each as it ends. Throws std::runtime_error when a reference
// does not survive. Not to be called on two threads at once: they would time each other.
void measure_in_turn(std::span<const std::unique_ptr<PairedMeasuring>> all,
                     const std::function<void(std::size_t)>& finished, const WantsPair& wants = {});

// One alone. `orders` are the same requests in one or more orders.
std::variant<Measurement, TimedFault> measure(std::span<const Trace> orders, const Contender& subject,
                                              const Contender& reference, const MeasureSettings& settings);

}  // namespace heapjudge
