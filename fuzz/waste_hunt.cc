#include "fuzz/waste_hunt.h"

#include <functional>
#include <optional>
#include <utility>

#include "fuzz/engine.h"
#include "fuzz/input.h"
#include "fuzz/reuse.h"
#include "fuzz/shrink.h"
#include "fuzz/waste.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostFailures = 20;
constexpr std::size_t kFilledHeaps = 100;
// One of so many has to show it. Somebody who keeps a table of his own in the midst of the heap cannot help it now and then.
constexpr std::size_t kOneIn = 5;
constexpr std::size_t kRoundsTried = 120;
constexpr std::size_t kSizesTried = 40;
constexpr std::size_t kCombsTried = 60;
// All have to show it: who rounds sizes up misses some of those that fit exactly.
constexpr std::size_t kExactTried = 20;
constexpr std::size_t kMostTries = 1500;        // of shrinking; each takes some tenths of a millisecond
constexpr std::size_t kMostTriesOfRounds = 400;  // each takes some ten milliseconds

using Judged = std::function<std::optional<WastefulTrace>(const Trace&)>;

// The trace that shows one kind of waste best.
struct Best {
  std::optional<Trace> trace;
  WastefulTrace waste;
  std::size_t shown = 0;

  static double ratio(const WastefulTrace& waste) {
    return static_cast<double>(waste.heap_bytes) / static_cast<double>(waste.other_bytes + 1);
  }

  void consider(const Trace& candidate, const WastefulTrace& what) {
    ++shown;
    if (trace && ratio(what) <= ratio(waste)) return;
    trace = candidate;
    waste = what;
  }
};

class Hunt {
 public:
  explicit Hunt(const WasteHuntTerms& terms) : terms_(terms) { result_.sheet.rules = terms.rules; }

  WasteHunt run() {
    compare_heaps();
    fill_and_free();
    go_in_rounds();
    change_sizes();
    refill_combs();
    result_.sheet.given_up = terms_.submission.failures() >= kMostFailures;
    result_.sheet.failed = terms_.submission.failures() + terms_.reference.failures();
    return std::move(result_);
  }

 private:
  bool goes_on() const {
    return terms_.submission.failures() < kMostFailures && (!terms_.goes_on || terms_.goes_on());
  }

  // Traces of one making, and what makes one of them wasteful.
  struct Search {
    std::uint64_t tries = 0;
    std::size_t fewest = 1;  // that have to show it
    std::function<std::optional<Trace>()> next;  // none: it broke a rule while it was made
    Judged judge;
    std::size_t most_tries = kMostTries;
  };

  // True when one was found and kept. Ends when too few are left.
  bool look_for(const Search& search) {
    Best best;
    for (std::uint64_t i = 0; i < search.tries && goes_on(); ++i) {
      if (best.shown + (search.tries - i) < search.fewest) return false;
      const std::optional<Trace> trace = search.next();
      ++result_.sheet.tried;
      const auto waste = trace ? search.judge(*trace) : std::nullopt;
      if (waste) best.consider(*trace, *waste);
    }
    return best.shown >= search.fewest && keep(best, search);
  }

  void compare_heaps() {
    InputSource source({.seed = terms_.seed, .lowest_tier = Tier::kP0, .highest_tier = Tier::kP0});
    look_for({.tries = terms_.rules.inputs,
              .next = [&] { return next_trace(source, Tier::kP0); },
              .judge = [this](const Trace& trace) {
                return larger_than_reference(trace, terms_.submission, terms_.reference, terms_.rules);
              }});
  }

  void fill_and_free() {
    Random random(terms_.seed);
    const auto filled_and_asked = [&]() -> std::optional<Trace> {
      const Trace trace = fill_and_free_all(random);
      const auto filled = terms_.submission.measure(trace);
      return filled ? std::optional(with_large_request(trace, filled->heap_bytes)) : std::nullopt;
    };
    look_for({.tries = kFilledHeaps, .fewest = kFilledHeaps / kOneIn, .next = filled_and_asked, .judge = by(grows_when_all_is_free)});
  }

  // Short inputs, zero sizes among them.
  void go_in_rounds() {
    InputSource source({.seed = terms_.seed, .lowest_tier = Tier::kP0, .highest_tier = Tier::kP1});
    const auto short_trace = [&] {
      for (;;) {
        Trace trace = next_trace(source, Tier::kP1);
        if (trace.requests().size() <= kLongestRound) return trace;
      }
    };
    const Search rounds{.tries = kRoundsTried,
                        .next = short_trace,
                        .judge = by(loses_by_the_round),
                        .most_tries = kMostTriesOfRounds};
    if (!look_for(rounds)) return;
    WastefulTrace& waste = result_.sheet.found.back();
    result_.traces.back() = in_rounds(result_.traces.back(), waste.rounds);
    waste.requests = result_.traces.back().requests().size();
  }

  void change_sizes() {
    Random random(terms_.seed);
    look_for({.tries = kSizesTried,
              .fewest = kSizesTried / kOneIn,
              .next = [&] { return one_size_after_the_other(random); },
              .judge = by(keeps_for_a_size)});
  }

  // The first that shows it is enough.
  void refill_combs() {
    for (const Comb comb : {Comb::kFewSizes, Comb::kJoined, Comb::kManySizes, Comb::kExact}) {
      Random random(terms_.seed);
      const bool exact = comb == Comb::kExact;
      const auto judge = [&](const Trace& trace) { return does_not_refill(trace, terms_.submission, comb); };
      const bool found = look_for({.tries = exact ? kExactTried : kCombsTried,
                                   .fewest = exact ? kExactTried : kCombsTried / kOneIn,
                                   .next = [&] { return comb_and_refill(random, comb); },
                                   .judge = judge});
      if (found) return;
    }
  }

  // Of those that ask the submission alone.
  Judged by(std::optional<WastefulTrace> (*judge)(const Trace& trace, HeapMeter& submission)) const {
    return [this, judge](const Trace& trace) { return judge(trace, terms_.submission); };
  }

  Trace next_trace(InputSource& source, Tier highest) {
    std::vector<std::uint8_t> input = source.next();
    take_out_missing(terms_.offered, input);
    return decode_trace(input, "waste", {.highest_tier = highest, .heap_limit_bytes = terms_.heap_limit_bytes});
  }

  // False when there is nothing to keep.
  bool keep(const Best& best, const Search& search) {
    if (!best.trace) return false;
    const auto is_wasteful = [&](const Trace& trace) { return search.judge(trace).has_value(); };
    Shrunk shrunk = shrink(*best.trace, is_wasteful, {.most_tries = search.most_tries});
    auto waste = search.judge(shrunk.trace);
    if (!waste) return false;  // its answers differ from one replay to the next
    waste->alike = best.shown;
    result_.sheet.found.push_back(*waste);
    result_.traces.push_back(std::move(shrunk.trace));
    return true;
  }

  const WasteHuntTerms& terms_;
  WasteHunt result_;
};

}  // namespace

WasteHunt hunt_for_waste(const WasteHuntTerms& terms) { return Hunt(terms).run(); }

}  // namespace heapjudge
