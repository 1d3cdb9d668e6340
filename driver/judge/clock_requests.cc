#include "judge/clock_requests.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include "judge/timed_turns.h"
#include "wire/ticks.h"

namespace heapjudge {

namespace {

constexpr std::size_t kMostReplays = 25;
constexpr std::size_t kFewReplays = 5;  // what interrupts one or two of them does not show
constexpr std::size_t kMostLaps = 25'000'000;  // of all of them
constexpr double kEnoughSeconds = 0.4;         // likewise, where that is more than a few
constexpr double kLongReplay = 0.5;            // seconds: then fewer have to do
constexpr std::size_t kReplaysOfNothing = 9;
constexpr double kWatchSeconds = 0.005;

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Of this machine's clock, by another one.
double nanoseconds_per_tick() {
  const double start = seconds_now();
  const std::uint64_t first = ticks_now();
  double now = start;
  while (now < start + kWatchSeconds) now = seconds_now();
  return (now - start) * 1e9 / static_cast<double>(std::max<std::uint64_t>(1, ticks_now() - first));
}

// Laps of the same requests, replay by replay.
class LapTable {
 public:
  explicit LapTable(std::size_t requests) : requests_(requests) {}

  void add(std::span<const std::uint32_t> laps) { laps_.insert(laps_.end(), laps.begin(), laps.end()); }

  std::vector<double> laps() {
    std::vector<double> laps;
    for (std::size_t request = 0; request < requests_; ++request) laps.push_back(lap_of(request));
    return laps;
  }

 private:
  // A clock may count in large steps, which a mean evens out; what interrupts a lap makes it much longer than most.
  double lap_of(std::size_t request) {
    column_.clear();
    for (std::size_t at = request; at < laps_.size(); at += requests_) column_.push_back(laps_[at]);
    const auto middle = column_.begin() + static_cast<std::ptrdiff_t>((column_.size() - 1) / 2);
    std::ranges::nth_element(column_, middle);
    const std::uint64_t most = std::uint64_t{*middle} * 2;
    double sum = 0;
    std::size_t count = 0;
    for (const std::uint32_t lap : column_) {
      if (lap > most) continue;
      sum += lap;
      ++count;
    }
    return sum / static_cast<double>(count);
  }

  std::size_t requests_;
  std::vector<std::uint32_t> laps_;
  std::vector<std::uint32_t> column_;
};

class Clocked {
 public:
  Clocked(const Trace& trace, const Contender& subject, std::span<const std::uint64_t> answers)
      : program_({&trace, 1}), subject_(subject.start({.program = program_, .heap = nullptr})), answers_(answers) {}

  // Adds its laps. False when it went wrong: see fault().
  bool replay(ReplayTarget target, LapTable& table) {
    const TimedReplay replayed = subject_->replay_program({.target = target, .clocked = 1});
    if (replayed.ended) fault_ = "it does not survive being replayed without pause";
    seconds_ = replayed.cpu_seconds;
    if (!replayed.ended && target == ReplayTarget::kSubmission) {
      const auto fault = difference_when_timed(0, program_.answers(), answers_, replayed.outcome);
      if (fault) fault_ = "it does not answer as it does when it is checked";
    }
    if (fault_.empty()) table.add(program_.ticks());
    return fault_.empty();
  }

  double seconds() const { return seconds_; }  // of the last replay
  const std::string& fault() const { return fault_; }

 private:
  ReplayProgram program_;
  std::unique_ptr<TimedSubject> subject_;
  std::span<const std::uint64_t> answers_;
  double seconds_ = 0;
  std::string fault_;
};

// What it takes to read the clock, and to find out what a request is.
double ticks_of_clock(LapTable& nothing) {
  std::vector<double> laps = nothing.laps();
  const auto middle = laps.begin() + static_cast<std::ptrdiff_t>(laps.size() / 2);
  std::ranges::nth_element(laps, middle);
  return *middle;
}

std::size_t replays_for(std::size_t requests, double seconds_each) {
  const std::size_t most = std::clamp<std::size_t>(kMostLaps / requests, 1, kMostReplays);
  const std::size_t least = seconds_each < kLongReplay ? std::min(kFewReplays, most) : 1;
  const double enough = std::min(kEnoughSeconds / std::max(seconds_each, 1e-6), static_cast<double>(most));
  return std::max(least, static_cast<std::size_t>(enough));
}

}  // namespace

std::variant<Latencies, std::string> clock_requests(const Trace& trace, const Contender& subject,
                                                    std::span<const std::uint64_t> answers) {
  const std::size_t requests = trace.requests().size();
  Clocked clocked(trace, subject, answers);
  LapTable warming(requests);
  if (!clocked.replay(ReplayTarget::kSubmission, warming)) return clocked.fault();
  const std::size_t replays = replays_for(requests, clocked.seconds());
  LapTable table(requests);
  for (std::size_t i = 0; i < replays; ++i) {
    if (!clocked.replay(ReplayTarget::kSubmission, table)) return clocked.fault();
  }
  LapTable nothing(requests);
  for (std::size_t i = 0; i < std::min(replays, kReplaysOfNothing); ++i) {
    if (!clocked.replay(ReplayTarget::kLoopAlone, nothing)) return clocked.fault();
  }
  const double clock = ticks_of_clock(nothing);
  const double length = nanoseconds_per_tick();
  Latencies latencies{.nanoseconds = {}, .replays = static_cast<std::uint32_t>(replays)};
  for (const double lap : table.laps()) {
    latencies.nanoseconds.push_back(static_cast<float>(std::max(0.0, lap - clock) * length));
  }
  return latencies;
}

}  // namespace heapjudge
