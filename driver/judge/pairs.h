// The measurement of one trace under way: pairs of subject and reference, as many as are wanted.
#pragma once

#include <cstddef>
#include <cstdint>
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
//   pair    both processes are started anew, on the processor on which the judge is; in each order of the requests
//             subject replays the trace n times │ reference m times │ subject ... then as often the loop alone,
//             each timed by the CPU clock of its process, read while it sleeps, after untimed passes
//   ratio   (reference - loop) / (subject - loop), seconds of a pass, each the median of its turns
//   speed   the median of the ratios of all pairs
//
// Turns are shorter than what a scheduler gives at a time, so most of them are not interrupted. What cannot be helped is
// a processor that gives two thirds of its speed while its other half works for somebody else: that comes and goes within
// milliseconds. On one processor all that take turns meet it alike, and the median turn of each is the one that is usual
// just now; on two, ratios scatter by 10 to 20 % instead of 2 to 5. It also makes what each of them finds in caches and
// predictors always the same, which is what the other one left: therefore they take strict turns, and the loop comes last.
// Where the kernel happens to put pages decides some percent and more, where a heap just fits a cache: both have the same
// memory for the heap and for the trace, and each pair takes fresh pages.
//
// After each turn the subject's answers are compared with those of the checked replay of that order: an allocator that
// behaves differently when it is timed is found out. When a pass takes long, a pair takes one order and the next pair
// another, and its turns are few.
class PairedMeasuring {
 public:
  static constexpr std::size_t kFewestPairs = 3;

  // `orders` are the same requests in one or more orders; they, the contenders and the settings outlive this.
  PairedMeasuring(std::span<const Trace> orders, const Contender& subject, const Contender& reference,
                  const MeasureSettings& settings);

  // Makes a pair; the CPU seconds of a pass of the subject. Throws std::runtime_error when the reference does not survive.
  double make_pair();

  // No more pairs are wanted: the subject is at fault, the interval is narrow enough, or the budget is used up.
  bool is_enough() const;

  bool is_at_fault() const { return subject_.fault().has_value(); }
  std::size_t pairs() const { return pairs_.size(); }

  // Of the pairs so far, at least one.
  Measurement measurement() const;

  std::variant<Measurement, TimedFault> outcome() const;

 private:
  // Seconds of a pass: of each turn, in one order.
  struct Turns {
    std::vector<double> subject, reference, loop;
  };

  // Seconds of a pass without the loop, added up over the orders that were taken.
  struct Pair {
    double subject = 0;
    double reference = 0;
    int passes = 0;  // as many as orders that were taken
  };

  void start_both();
  void take_order(std::uint32_t order, Pair& pair);
  bool take_turns(std::uint32_t order, Turns& turns);
  double reference_seconds(std::uint32_t order, std::uint64_t seed, ReplayTarget target);
  bool is_narrow(const MedianInterval& interval) const;

  std::span<const Trace> orders_;
  const MeasureSettings& settings_;
  std::uint64_t heap_bytes_;  // 0: each has memory of its own
  std::unique_ptr<ReplayProgram> program_;
  TimedTurns subject_;
  TimedTurns reference_;
  Random random_;
  std::vector<Pair> pairs_;
  double longest_pass_ = 0;
  double used_seconds_ = 0;  // on the wall clock
};

}  // namespace heapjudge
