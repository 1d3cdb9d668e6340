// Theory of operation. An adversary sees where blocks are put and frees those that do the most harm. A trace
// is fixed beforehand, so the adversary here plays against a model and its requests are written down; they do
// as much harm to every allocator that places blocks like the model, and some to many others.
//
// Robson's program (JACM 18:3, 1971, and 21:3, 1974) forces every allocator that never moves a block to use
// at least M (1 + log2(n) / 2) - n + 1 units, when M are live at most and blocks have 1, 2, 4 ... n units. In
// step i it looks at one address f of every 2^i, and keeps a block only where it lies on such an address; f
// is chosen so that what is kept leaves as much as possible around itself unusable:
//
//   step 0   1111111111111111           M units of size 1
//   step 1   1.1.1.1.1.1.1.1.22222222   every second goes; no 2 fits between
//   step 2   1...1...1...1...22..22..4444....
//
// Best fit is worse: Robson (The Computer Journal 20:3, 1977; Knuth, TAOCP 1, 2.5, exercise 42) shows that it
// needs about M n. F and R are free and reserved blocks; every round makes R_{m-2} (F_{m-3} R_1)^k one pair
// longer, and no block of the next round fits into a hole:
//
//   R_{m-2} (F_{m-3} R_1)^k                    two R_{m-2} go to the end; the last R_1 and one of them are
//   freed: R_{m-2} (F_{m-3} R_1)^{k-1} F_{2m-4} R_{m-2}       filled by R_m R_{m-5} R_1; then R_m is freed:
//   R_{m-2} (F_{m-3} R_1)^{k-1} F_m R_{m-5} R_1 R_{m-2}  F_m R_{m-5} R_1 changes places with each pair before
//   it: F_m R_{m-5} R_1 (F_{m-3} R_1)^k R_{m-2}              R_{m-5} is freed, R_{m-2} takes its place but
//   for F_{m-3}
#include "generate/worst_case.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "check.h"
#include "generate/phases.h"

namespace heapjudge {
namespace {

struct Placed {
  BlockId block = kNoBlock;
  std::uint64_t address = 0;
  std::uint64_t units = 0;
};

// Writes each request and follows it in the model.
class Game {
 public:
  Game(const WorstCase& worst, TraceWriter& trace) : worst_(worst), trace_(trace), model_(worst.victim) {}

  Placed allocate(std::uint64_t units) {
    live_ += units;
    most_live_ = std::max(most_live_, live_);
    const std::uint64_t payload = units * worst_.unit_bytes - worst_.overhead_bytes;
    return {.block = trace_.allocate(payload), .address = model_.place(units), .units = units};
  }

  void free(const Placed& placed) {
    live_ -= placed.units;
    trace_.free(placed.block);
    model_.release(placed.address, placed.units);
  }

  std::uint64_t live_units() const { return live_; }
  WorstCaseResult result() const { return {.heap_units = model_.most(), .most_live_units = most_live_}; }

 private:
  const WorstCase& worst_;
  TraceWriter& trace_;
  ModelHeap model_;
  std::uint64_t live_ = 0;
  std::uint64_t most_live_ = 0;
};

// True when one of the block's addresses is f modulo `period`.
bool lies_on(const Placed& placed, std::uint64_t f, std::uint64_t period) {
  return (f - placed.address) % period < placed.units;  // wraps around, and period divides 2^64
}

std::uint64_t harm_of(const std::vector<Placed>& blocks, std::uint64_t f, std::uint64_t period) {
  std::uint64_t harm = 0;
  for (const Placed& placed : blocks) {
    if (lies_on(placed, f, period)) harm += period - placed.units;
  }
  return harm;
}

void play_robson(const WorstCase& worst, Game& game) {
  ensure(std::has_single_bit(worst.largest_units), "the sizes of Robson's program are powers of two");
  std::vector<Placed> blocks;
  std::uint64_t f = 0;
  for (std::uint64_t units = 1; units <= worst.largest_units; units *= 2) {
    if (harm_of(blocks, f + units / 2, units) > harm_of(blocks, f, units)) f += units / 2;
    std::erase_if(blocks, [&](const Placed& placed) {
      const bool goes = !lies_on(placed, f, units);
      if (goes) game.free(placed);
      return goes;
    });
    while (game.live_units() + units <= worst.live_units) blocks.push_back(game.allocate(units));
  }
}

// One round: k pairs become k + 1. `ones` are the R_1, the lowest address first.
void lengthen(std::uint64_t m, Placed& front, std::vector<Placed>& ones, Game& game) {
  const Placed filler = game.allocate(m - 2);
  const Placed last = game.allocate(m - 2);
  std::vector<Placed> to_pass = ones;  // with the front as if it were the pair before the first
  to_pass.insert(to_pass.begin(), front);
  std::vector<Placed> passed;
  game.free(to_pass.back());
  to_pass.pop_back();
  game.free(filler);
  Placed large = game.allocate(m);
  Placed rest = game.allocate(m - 5);
  Placed one = game.allocate(1);
  game.free(large);
  while (!to_pass.empty()) {
    const Placed into_large = game.allocate(m - 2);
    const Placed two = game.allocate(2);
    game.free(to_pass.back());
    to_pass.pop_back();
    game.free(into_large);
    passed.push_back(one);
    large = game.allocate(m);
    const Placed new_rest = game.allocate(m - 5);
    one = game.allocate(1);
    game.free(large);
    game.free(two);
    game.free(rest);
    rest = new_rest;
  }
  game.free(rest);
  front = game.allocate(m - 2);
  game.free(last);  // not before: it would be the hole of the right size
  passed.push_back(one);
  std::ranges::reverse(passed);
  ones = passed;
}

void play_best_fit(const WorstCase& worst, Game& game) {
  const std::uint64_t m = worst.largest_units;
  ensure(m >= 8, "the program against best fit needs blocks of 8 units");
  Placed front = game.allocate(m - 2);
  std::vector<Placed> ones;
  while (ones.size() < worst.live_units) lengthen(m, front, ones, game);
}

}  // namespace

WorstCaseResult write_worst_case(const WorstCase& worst, TraceWriter& trace) {
  Game game(worst, trace);
  if (worst.victim == Victim::kBestFit) {
    play_best_fit(worst, game);
  } else {
    play_robson(worst, game);
  }
  return game.result();
}

void write_phase(const WorstCase& worst, TraceWriter& trace, Random&) {
  write_worst_case(worst, trace);
}

}  // namespace heapjudge
