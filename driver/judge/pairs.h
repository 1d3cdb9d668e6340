// The measurement of one trace under way: pairs of subject and reference, as many as are wanted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "judge/measure.h"
#include "judge/median_interval.h"
#include "judge/timed_turns.h"
#include "trace/random.h"

namespace heapjudge {

// Theory of operation.
//
//   pair    both processes are started anew; in each order of the requests they take turns, one after the other:
//             subject replays the trace n times │ reference m times │ the reference's process the loop alone
//             each timed by the CPU clock of its process, read while it sleeps, after untimed passes
//   ratio   (reference - loop) / (subject - loop), seconds of a pass, each the least of its turns
//   speed   the median of the ratios of all pairs that nothing disturbed
//
// Noise of a machine only ever adds. It comes in two kinds. Short: somebody else had the processor for a moment and left
// cold caches; turns are shorter than what a scheduler gives at a time, so of a few turns the least has seen none of it.
// Long: for a second or so a processor gives two thirds of its speed, because its other half works for somebody else, and
// no two allocators suffer alike. A pair all of whose turns fell into such a time costs more than the best one, and is
// left out. Where the kernel happens to put pages decides some percent and more, where a heap just fits a cache: both have
// the same memory for the heap and for the trace, and each pair takes fresh pages.
//
// After each turn the subject's answers are compared with those of the checked replay of that order: an allocator that
// behaves differently when it is timed is found out. When a pass takes long, a pair takes one order and the next pair
// another, and its turns are few.
class PairedMeasuring {
 public:
  // `orders` are the same requests in one or more orders; they, the contenders and the settings outlive this.
  PairedMeasuring(std::span<const Trace> orders, const Contender& subject, const Contender& reference,
                  const MeasureSettings& settings);

  // Makes a pair; the CPU seconds of a pass of the subject. Throws std::runtime_error when the reference does not survive.
  double make_pair();

  // No more pairs are wanted: the subject is at fault, the interval is narrow enough, or the budget is used up.
  bool is_enough() const;

  std::variant<Measurement, TimedFault> outcome() const;

 private:
  static constexpr double kNever = std::numeric_limits<double>::infinity();

  // Seconds of a pass, the least so far.
  struct Least {
    double subject = kNever;
    double reference = kNever;
    double loop = kNever;
  };
  using Pair = std::vector<Least>;  // for each order; those not taken never ended

  void start_both();
  void take_order(std::uint32_t order, Least& least);
  void take_turns(std::uint32_t order, bool subject_first, Least& least);
  void take_subjects_turn(std::uint32_t order, std::uint64_t seed, Least& least);
  double reference_seconds(std::uint32_t order, std::uint64_t seed, ReplayTarget target);
  bool is_near_best(std::uint32_t order, const Least& least, double tolerance) const;
  bool is_undisturbed(const Pair& pair) const;
  std::vector<Pair> undisturbed() const;
  Least without_loop(const Pair& pair) const;
  double ratio_of(const Pair& pair) const;
  bool is_narrow(const MedianInterval& interval) const;
  Measurement measurement() const;

  std::span<const Trace> orders_;
  const MeasureSettings& settings_;
  std::uint64_t heap_bytes_;  // 0: each has memory of its own
  std::unique_ptr<ReplayProgram> program_;
  TimedTurns subject_;
  TimedTurns reference_;
  Random random_;
  std::vector<Pair> pairs_;
  Pair best_;  // of all pairs
  double longest_pass_ = 0;
  double used_seconds_ = 0;  // on the wall clock
};

}  // namespace heapjudge
