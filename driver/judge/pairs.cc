#include "judge/pairs.h"

#include <algorithm>
#include <stdexcept>

#include "check.h"
#include "judge/one_processor.h"
#include "submission/stopwatch.h"

namespace heapjudge {

namespace {

constexpr std::size_t kMostPairs = 500;
constexpr int kTurns = 3;
constexpr int kLongTurns = 1;
constexpr double kManyOrders = 0.002;  // seconds of a pass; beyond, a pair takes one order only
constexpr double kLongPass = 0.02;     // beyond, it takes few turns
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
      random_(settings.seed) {}

double PairedMeasuring::reference_seconds(std::uint32_t order, std::uint64_t seed, ReplayTarget target) {
  const auto seconds = reference_.pass_seconds(order, seed, target);
  if (!seconds) throw std::runtime_error(orders_.front().name() + ": the reference allocator cannot be timed on this trace");
  return *seconds;
}

// False when the subject is at fault.
bool PairedMeasuring::take_turns(std::uint32_t order, Turns& turns) {
  const int count = longest_pass_ > kLongPass ? kLongTurns : kTurns;
  const std::uint64_t seed = random_.next();
  for (int turn = 0; turn < count; ++turn) {
    const auto seconds = subject_.pass_seconds(order, seed);
    if (!seconds) return false;
    turns.subject.push_back(*seconds);
    turns.reference.push_back(reference_seconds(order, seed, ReplayTarget::kSubmission));
  }
  for (int turn = 0; turn < count; ++turn) {
    turns.loop.push_back(reference_seconds(order, seed, ReplayTarget::kLoopAlone));  // in a process without anybody's tricks
  }
  return true;
}

void PairedMeasuring::take_order(std::uint32_t order, Pair& pair) {
  Turns turns;
  if (!take_turns(order, turns)) return;
  longest_pass_ = std::max(longest_pass_, std::ranges::max(turns.subject));
  const double loop = median_interval(turns.loop).median;
  const auto net = [loop](double seconds) { return std::max(seconds - loop, kLeastShare * seconds); };
  pair.subject += net(median_interval(turns.subject).median);
  pair.reference += net(median_interval(turns.reference).median);
  pair.passes += 1;
}

void PairedMeasuring::start_both() {
  program_ = std::make_unique<ReplayProgram>(orders_);
  const TimedPlaces places{
      .program = *program_,
      .heap = heap_bytes_ == 0 ? nullptr : std::make_shared<SharedMemory>("heapjudge-heap", heap_bytes_)};
  subject_.start(places);
  reference_.start(places);
}

double PairedMeasuring::make_pair() {
  const Stopwatch making;
  const OneProcessor here;
  start_both();
  const auto orders = static_cast<std::uint32_t>(orders_.size());
  Pair pair;
  // What differs in the trace's own order is the easiest to understand, so that one comes first.
  const auto first = static_cast<std::uint32_t>(pairs_.size() % orders);
  for (std::uint32_t i = 0; i < orders && !subject_.fault(); ++i) {
    if (i > 0 && longest_pass_ > kManyOrders) break;
    take_order((first + i) % orders, pair);
  }
  pairs_.push_back(pair);
  used_seconds_ += making.seconds();
  return pair.subject;
}

bool PairedMeasuring::is_narrow(const MedianInterval& interval) const {
  return interval.high - interval.low <= settings_.interval * std::max(kSlow, interval.median) ||
         interval.low >= settings_.enough;
}

bool PairedMeasuring::is_enough() const {
  if (subject_.fault()) return true;
  if (pairs_.size() < kFewestPairs) return false;
  const Measurement so_far = measurement();
  if (pairs_.size() >= kMostPairs || so_far.speed_low >= settings_.enough) return true;
  return !settings_.until_told && (used_seconds_ >= settings_.budget_seconds || so_far.steady);
}

Measurement PairedMeasuring::measurement() const {
  ensure(!pairs_.empty(), "nothing was measured");
  std::vector<double> ratios, subject, reference;
  for (const Pair& pair : pairs_) {
    ratios.push_back(pair.reference / pair.subject);
    subject.push_back(pair.subject / pair.passes);
    reference.push_back(pair.reference / pair.passes);
  }
  const MedianInterval speed = median_interval(ratios);
  return {.clock = CostClock::kCpuTime,
          .speed = speed.median,
          .speed_low = std::max(0.0, speed.low),
          .speed_high = speed.high,
          .pairs = pairs_.size(),
          .steady = is_narrow(speed),
          .subject_cost = median_interval(subject).median,
          .reference_cost = median_interval(reference).median};
}

std::variant<Measurement, TimedFault> PairedMeasuring::outcome() const {
  if (subject_.fault()) return *subject_.fault();
  return measurement();
}

}  // namespace heapjudge
