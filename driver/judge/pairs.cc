#include "judge/pairs.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "check.h"

namespace heapjudge {

namespace {

constexpr std::size_t kFewestPairs = 3;
constexpr std::size_t kMostPairs = 500;
constexpr int kFewestTurns = 4;
constexpr int kMostTurns = 24;
constexpr int kLongTurns = 2;
constexpr double kManyOrders = 0.002;  // seconds of a pass; beyond, a pair takes one order only
constexpr double kLongPass = 0.02;     // beyond, it takes few turns
constexpr double kNearBest = 1.03;     // nothing is to be gained by further turns
constexpr double kDisturbed = 1.08;    // beyond what pages and caches decide
constexpr double kSlow = 0.25;  // below this speed the interval need not become narrower: points would not show it
constexpr double kLeastShare = 0.02;  // of a turn: a contender cannot cost less than this beside the loop

}  // namespace

PairedMeasuring::PairedMeasuring(std::span<const Trace> orders, const Contender& subject, const Contender& reference,
                                 const MeasureSettings& settings)
    : orders_(orders),
      settings_(settings),
      heap_bytes_(subject.heap_bytes == reference.heap_bytes ? subject.heap_bytes : 0),
      subject_(subject, settings.turn_seconds),
      reference_(reference, settings.turn_seconds),
      random_(settings.seed),
      best_(orders.size()) {}

double PairedMeasuring::reference_seconds(std::uint32_t order, std::uint64_t seed, ReplayTarget target) {
  const auto seconds = reference_.pass_seconds(order, seed, target);
  if (!seconds) throw std::runtime_error(orders_.front().name() + ": the reference allocator cannot be timed on this trace");
  return *seconds;
}

void PairedMeasuring::take_subjects_turn(std::uint32_t order, std::uint64_t seed, Least& least) {
  if (const auto seconds = subject_.pass_seconds(order, seed)) least.subject = std::min(least.subject, *seconds);
}

// The loop is timed in the reference's process: nobody but us is at work there. Who goes first changes, because whoever
// follows finds the processor used to the trace.
void PairedMeasuring::take_turns(std::uint32_t order, bool subject_first, Least& least) {
  const std::uint64_t seed = random_.next();
  if (subject_first) take_subjects_turn(order, seed, least);
  if (subject_.fault()) return;
  least.reference = std::min(least.reference, reference_seconds(order, seed, ReplayTarget::kSubmission));
  if (!subject_first) take_subjects_turn(order, seed, least);
  least.loop = std::min(least.loop, reference_seconds(order, seed, ReplayTarget::kLoopAlone));
}

bool PairedMeasuring::is_near_best(std::uint32_t order, const Least& least, double tolerance) const {
  return least.subject <= tolerance * best_[order].subject && least.reference <= tolerance * best_[order].reference;
}

void PairedMeasuring::take_order(std::uint32_t order, Least& least) {
  for (int turn = 0; turn < kMostTurns && !subject_.fault(); ++turn) {
    if (turn >= kFewestTurns && is_near_best(order, least, kNearBest)) break;
    if (turn >= kLongTurns && longest_pass_ > kLongPass) break;
    take_turns(order, turn % 2 == 0, least);
    if (!subject_.fault()) longest_pass_ = std::max(longest_pass_, least.subject);
  }
  Least& best = best_[order];
  best = {std::min(best.subject, least.subject), std::min(best.reference, least.reference),
          std::min(best.loop, least.loop)};
}

void PairedMeasuring::start_both() {
  program_ = std::make_unique<ReplayProgram>(orders_);
  const TimedPlaces places{.program = *program_,
                           .heap = heap_bytes_ == 0 ? nullptr : std::make_shared<SharedMemory>("heapjudge-heap", heap_bytes_)};
  subject_.start(places);
  reference_.start(places);
}

double PairedMeasuring::make_pair() {
  const auto begin = std::chrono::steady_clock::now();
  start_both();
  const auto orders = static_cast<std::uint32_t>(best_.size());
  Pair pair(orders);
  // What differs in the trace's own order is the easiest to understand, so that one comes first.
  const auto first = static_cast<std::uint32_t>(pairs_.size() % orders);
  for (std::uint32_t i = 0; i < orders && !subject_.fault(); ++i) {
    if (i > 0 && longest_pass_ > kManyOrders) break;
    const std::uint32_t order = (first + i) % orders;
    take_order(order, pair[order]);
  }
  const double seconds = subject_.fault() ? 0 : pair[first].subject;
  pairs_.push_back(std::move(pair));
  used_seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return seconds;
}

bool PairedMeasuring::is_undisturbed(const Pair& pair) const {
  for (std::uint32_t order = 0; order < pair.size(); ++order) {
    if (pair[order].subject != kNever && !is_near_best(order, pair[order], kDisturbed)) return false;
  }
  return true;
}

// All of them when the best costs of both never came together: then there is no telling.
std::vector<PairedMeasuring::Pair> PairedMeasuring::undisturbed() const {
  std::vector<Pair> chosen;
  std::ranges::copy_if(pairs_, std::back_inserter(chosen), [&](const Pair& pair) { return is_undisturbed(pair); });
  return chosen.empty() ? pairs_ : chosen;
}

// The costs of the orders that the pair took, added up. The loop's own are the least of all pairs: it is the same code.
PairedMeasuring::Least PairedMeasuring::without_loop(const Pair& pair) const {
  Least sum{0, 0, 0};
  for (std::size_t order = 0; order < pair.size(); ++order) {
    if (pair[order].subject == kNever) continue;
    const auto net = [&](double seconds) { return std::max(seconds - best_[order].loop, kLeastShare * seconds); };
    sum.subject += net(pair[order].subject);
    sum.reference += net(pair[order].reference);
    sum.loop += 1;
  }
  return {sum.subject / sum.loop, sum.reference / sum.loop, 0};
}

double PairedMeasuring::ratio_of(const Pair& pair) const {
  const Least net = without_loop(pair);
  return net.reference / net.subject;
}

bool PairedMeasuring::is_narrow(const MedianInterval& interval) const {
  return interval.high - interval.low <= settings_.interval * std::max(kSlow, interval.median) ||
         interval.low >= settings_.enough;
}

bool PairedMeasuring::is_enough() const {
  if (subject_.fault()) return true;
  if (pairs_.size() < kFewestPairs) return false;
  return pairs_.size() >= kMostPairs || used_seconds_ >= settings_.budget_seconds || measurement().steady;
}

Measurement PairedMeasuring::measurement() const {
  std::vector<double> ratios, subject, reference;
  for (const Pair& pair : undisturbed()) {
    ratios.push_back(ratio_of(pair));
    subject.push_back(without_loop(pair).subject);
    reference.push_back(without_loop(pair).reference);
  }
  const MedianInterval speed = median_interval(ratios);
  return {.clock = CostClock::kCpuTime,
          .speed = speed.median,
          .speed_low = std::max(0.0, speed.low),
          .speed_high = speed.high,
          .pairs = ratios.size(),
          .steady = ratios.size() >= kFewestPairs && is_narrow(speed),
          .subject_cost = median_interval(subject).median,
          .reference_cost = median_interval(reference).median};
}

std::variant<Measurement, TimedFault> PairedMeasuring::outcome() const {
  if (subject_.fault()) return *subject_.fault();
  ensure(!pairs_.empty(), "nothing was measured");
  return measurement();
}

}  // namespace heapjudge
